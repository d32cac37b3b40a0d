// src/cache/fields.ts
var MAX_LENGTH = 1024;
var CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
function fields(value, path) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unlike(path, "an object");
  return value;
}
function field(owner, name) {
  return Object.hasOwn(owner, name) ? owner[name] : void 0;
}
function list(owner, name, path, item) {
  const values = field(owner, name);
  if (!Array.isArray(values)) throw unlike(`${path}.${name}`, "a list");
  return values.map((value, index) => item(value, `${path}.${name}[${index}]`));
}
function text(owner, name, path) {
  return word(field(owner, name), `${path}.${name}`);
}
function optionalText(owner, name, path) {
  return field(owner, name) === void 0 ? void 0 : text(owner, name, path);
}
function optionalWords(owner, name, path) {
  return field(owner, name) === void 0 ? void 0 : list(owner, name, path, word);
}
function word(value, path) {
  if (typeof value !== "string" || value.length > MAX_LENGTH || CONTROL_CHARACTERS.test(value)) {
    throw unlike(path, "a word");
  }
  return value;
}
function optional(name, value) {
  return value === void 0 ? {} : { [name]: value };
}
function unlike(path, expected) {
  return new Error(`its field ${path} is not ${expected}`);
}

export {
  fields,
  field,
  list,
  text,
  optionalText,
  optionalWords,
  word,
  optional,
  unlike
};
