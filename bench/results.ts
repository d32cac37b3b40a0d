/** The page that keeps the last table of each measurement. */
import type { Measured } from './measure.ts';

/** One measurement's table, and when, where and with what it was taken. */
export interface Result {
  readonly date: string;
  readonly machine: string;
  readonly versions: string;
  readonly rows: readonly Measured[];
}

/** By the measurement's name. */
export type Results = Readonly<Record<string, Result>>;

const INTRODUCTION = `# Measurements

Written by \`npm run build && npm run bench\`; \`npm run bench -- live cache\` measures some of it again. It wants the engines (\`npm run engines\`).

Each line with a time is the median wall time of at least 10 runs in turn with what it is held against, in one go on one machine, so that whatever else the machine does meets both alike. Our
process is the built action, started as a runner starts it, from the first instruction to the exit. Only the ratios and differences mean anything on another machine.
`;

const HEAD = '| what | ours | against | result | aim |\n| --- | --- | --- | --- | --- |';

/** @param order of the tables */
export function resultsPage(order: readonly string[], results: Results): string {
  const tables = order.flatMap((name) => {
    const result = results[name];
    return result === undefined ? [] : [table(name, result)];
  });
  return [INTRODUCTION, ...tables].join('\n');
}

function table(name: string, { date, machine, versions, rows }: Result): string {
  const lines = rows.map(
    ({ what, ours, against, result, aim }) => `| ${[what, ours, against, result, aim].join(' | ')} |`,
  );
  return `## ${name}\n\n${date}; ${machine}; ${versions}\n\n${HEAD}\n${lines.join('\n')}\n`;
}

/** What `resultsPage` wrote. */
export function readResults(page: string): Results {
  const found: Record<string, Result> = {};
  for (const section of page.split(/^## /m).slice(1)) {
    const [name = '', , on = '', , ...lines] = section.split('\n');
    const [date = '', machine = '', versions = ''] = on.split('; ');
    const rows = lines
      .slice(2)
      .filter((line) => line.startsWith('|'))
      .map((line) => line.slice(2, -2).split(' | '))
      .map(([what = '', ours = '', against = '', result = '', aim = '']) => ({ what, ours, against, result, aim }));
    found[name] = { date, machine, versions, rows };
  }
  return found;
}
