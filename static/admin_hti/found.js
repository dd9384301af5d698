// In a list of what was found while typing, tell at length what an entry is; once chosen, its
// name is enough. Modules run before the admin makes its lists.
const jQuery = globalThis.django?.jQuery;
jQuery?.fn.select2?.defaults.set("templateResult", (found) => found.told ?? found.text);
