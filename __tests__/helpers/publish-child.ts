import { toGateError } from '../../src/model/errors.ts';
import { print, printError, publish, publishError } from '../../src/report/publish.ts';
import { greenVerdict, haltedVerdict, hostileVerdict, variedVerdict } from './sample-verdict.ts';

/** Publishes one of the sample verdicts as the action would: `node publish-child.ts SAMPLE [REPORT-DIRECTORY]`. */
const [sample = '', reportDirectory] = process.argv.slice(2);
const options = {
  workingDirectory: process.cwd(),
  variables: process.env,
  redact: (text: string) => text.replaceAll('hunter2', '***'),
  ...(reportDirectory === undefined ? {} : { reportDirectory }),
};
const samples = { varied: variedVerdict, green: greenVerdict, hostile: hostileVerdict };

try {
  if (sample === 'halted') await publishError(haltedVerdict().error, options);
  else if (sample === 'defect') await publishError(new TypeError('undefined is no function; hunter2'), options);
  else if (sample === 'printed-halted')
    await printError(haltedVerdict().error, { ...options, line: (text) => process.stdout.write(`${text}\n`) });
  else if (sample === 'printed')
    await print(variedVerdict(), { ...options, line: (text) => process.stdout.write(`${text}\n`) });
  else if (sample === 'varied' || sample === 'green' || sample === 'hostile') await publish(samples[sample](), options);
} catch (thrown) {
  const { code, message } = toGateError(thrown);
  process.stdout.write(`thrown ${code} ${message}\n`);
  process.exitCode = 1;
}
