// What this tab knows, in one place; modules read it and tell it, nobody keeps a copy.

export const state = {
  set: null,
  files: [], // {file, name, size}; of this tab also given (see dropped.js) and source, the File
  refused: [], // lines about files that nobody can read
  replaced: [], // files whose place another of their name took
  options: { year: null, include_hidden: false },
  limits: { file: Infinity, zip: Infinity },
  job: null,
  result: null,
  actions: [],
  unsaved: false, // reasons were typed and they were not taken away since
};

/** What is looked at: nothing of it goes to the program. */
export const view = {
  by: 'project',
  levels: { error: true, warning: true, info: true },
  rule: '',
  project: '',
  file: '',
  answered: '',
  search: '',
  open: new Map(), // group -> whether it was opened or closed by hand
  current: null, // the first finding of the line that is looked at
};

export const LEVELS = ['error', 'warning', 'info'];

/** Reasons typed in this tab, by what they answer: a new check finds them again. */
export const typed = new Map();

export function findings() {
  return state.result ? state.result.review.findings : [];
}

/**
 * What a finding is known by from one check to the next. The message tells two of one cell apart
 * (no economic indicator, no ecological one); its numbers may change and the reason still hold.
 */
export function nameOf(finding) {
  const said = finding.message.replace(/[0-9.]+/g, '');
  return JSON.stringify([finding.rule, finding.sheet, finding.cell, finding.project, finding.indicator, said]);
}

/**
 * What a project is known by, of a finding or of {file, sheet, project}: its name, and its sheet
 * where several sheets of a file name theirs alike. What is about no project goes by its sheet.
 */
export function projectOf({ file, sheet, project }) {
  const name = JSON.stringify([file, project]);
  return project && !namedAlike().has(name) ? name : JSON.stringify([file, project, sheet]);
}

const alike = new WeakMap();

function namedAlike() {
  const { sources } = state.result;
  if (!alike.has(sources)) {
    const seen = new Set();
    const twice = new Set();
    for (const source of sources) {
      for (const project of source.projects || []) {
        const name = JSON.stringify([source.name, project.project_name]);
        (seen.has(name) ? twice : seen).add(name);
      }
    }
    alike.set(sources, twice);
  }
  return alike.get(sources);
}

/** Errors that are neither mended nor answered by a reason. */
export function openErrors(some = findings()) {
  return some.filter((finding) => finding.severity === 'error' && !finding.waiver);
}

/** The action that takes typed reasons along: files of several departments have no marked copy. */
export function carrier() {
  return state.result && !state.result.actions.includes('marked_copy') ? 'report' : 'marked_copy';
}

export function counted(some) {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of some) counts[finding.severity] += 1;
  return counts;
}

/** Shows everything again. */
export function clearFilters() {
  Object.assign(view, { rule: '', project: '', file: '', answered: '', search: '' });
  for (const level of LEVELS) view.levels[level] = true;
}

// A reload comes back to the same files; nothing of their contents is kept in the browser.
const KEPT = 'perfgoals-set';
const UNSAVED = 'perfgoals-unsaved';

export function keepSet(set) {
  state.set = set;
  if (set === null) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, set);
}

export function keptSet() {
  return sessionStorage.getItem(KEPT);
}

/** Before the page is loaded anew: whether reasons were typed that were not taken away since. */
export function keepUnsaved() {
  sessionStorage.setItem(UNSAVED, String(state.unsaved));
}

export const wasUnsaved = () => sessionStorage.getItem(UNSAVED) === 'true';
