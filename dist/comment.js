import "./shared-scanner.js";
import "./shared-runtime.js";

// src/report/comment.ts
var LONGEST_BODY = 64e3;
var PAGE_SIZE = 100;
var MOST_PAGES = 20;
var MOST_ANSWER_BYTES = 8 * 1024 * 1024;
async function keepComment(options) {
  const { HttpClient } = await import("./actions-http-client.js");
  const client = new HttpClient("kube-api-gate", [], { allowRedirects: false, allowRetries: false, keepAlive: true });
  let timer;
  const deadline = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`GitHub did not answer within ${options.timeoutMs / 1e3} s`)),
      options.timeoutMs
    );
  });
  try {
    return await Promise.race([keep(client, options), deadline]);
  } finally {
    clearTimeout(timer);
    client.dispose();
  }
}
async function keep(client, options) {
  const { pullRequest, body } = options;
  const { repositoryAddress, number, marker } = pullRequest;
  const call = caller(client, options.token);
  const own = await find(call, pullRequest);
  if (body === void 0) {
    if (own === void 0) return "none";
    await call("DELETE", `${repositoryAddress}/issues/comments/${own.id}`);
    return "removed";
  }
  const text = `${marker}
${shortened(body)}`;
  if (own === void 0) {
    await call("POST", `${repositoryAddress}/issues/${number}/comments`, { body: text });
    return "created";
  }
  if (own.body !== text) await call("PATCH", `${repositoryAddress}/issues/comments/${own.id}`, { body: text });
  return "updated";
}
function shortened(body) {
  if (body.length <= LONGEST_BODY) return body;
  const whole = body.slice(0, body.lastIndexOf("\n", LONGEST_BODY));
  return `${whole}

\u2026and more: see the job's summary.`;
}
async function find(call, { repositoryAddress, number, marker }) {
  let found;
  let self;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const comments = commentsIn(
      await call("GET", `${repositoryAddress}/issues/${number}/comments?per_page=${PAGE_SIZE}&page=${page}`)
    );
    for (const comment of comments) {
      if (!comment.body.startsWith(marker)) continue;
      self ??= comment.isBot ? "" : await login(call, repositoryAddress);
      if (comment.isBot || comment.author === self) found = comment;
    }
    if (comments.length < PAGE_SIZE) break;
  }
  return found;
}
async function login(call, repositoryAddress) {
  try {
    const user = await call("GET", `${repositoryAddress.replace(/\/repos\/.*$/, "")}/user`);
    return isObject(user) && typeof user["login"] === "string" ? user["login"] : "";
  } catch {
    return "";
  }
}
function commentsIn(answer) {
  if (!Array.isArray(answer)) throw new Error("GitHub answered with something other than a list of comments");
  return answer.filter(isObject).flatMap(({ id, body, user }) => {
    if (typeof id !== "number" || typeof body !== "string" || !isObject(user)) return [];
    return [{ id, body, author: String(user["login"]), isBot: user["type"] === "Bot" }];
  });
}
function caller(client, token) {
  return async (method, address, content) => {
    const response = await client.request(method, address, content === void 0 ? null : JSON.stringify(content), {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28"
    });
    const status = response.message.statusCode ?? 0;
    const text = await textOf(response);
    if (status >= 200 && status < 300) return text === "" ? void 0 : JSON.parse(text);
    throw new Error(`${method} ${new URL(address).pathname} answered ${status}${said(text)}`);
  };
}
async function textOf({ message }) {
  const chunks = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > MOST_ANSWER_BYTES) throw new Error("GitHub answered with more than 8 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
function said(text) {
  try {
    const answer = JSON.parse(text);
    return isObject(answer) && typeof answer["message"] === "string" ? `: ${answer["message"]}` : "";
  } catch {
    return "";
  }
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
export {
  keepComment
};
