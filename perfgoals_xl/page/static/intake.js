// How files get here: dropped anywhere on the page, chosen by keyboard or mouse, whole folders too.

import { announce, button, byId, disclosure, fill, make } from './dom.js';
import { chosen, dropped } from './dropped.js';
import { Gone, Refused, get, send, stillThere, upload } from './server.js';
import { carrier, keepSet, state, typed, wasUnsaved } from './state.js';
import { say } from './words.js';

const SUFFIXES = `
.xlsx .xlsm .xltx .xltm .xls .xlt .xlsb .ods .ots .fods .et .ett
.docx .docm .dotx .dotm .doc .dot .wps .wpt .rtf .odt .ott
.pdf .html .htm .xhtml .shtml .mht .mhtml .txt .csv .tsv .md .markdown .zip .toml
`.trim().split(/\s+/);
const MOST_SHOWN = 12;
const LIKE_ONE = /^(~\$|\.)/; // what programs leave beside a workbook

let use = { check: () => {}, fresh: () => {}, fault: () => {}, note: () => {} };
let busy = null; // while files come in: {name, done, of, stop}

/**
 * `check` starts reading, `fresh` is called when all files were put away, `fault` tells what went
 * wrong, `note` what is only to be known.
 */
export function setUpIntake(given) {
  use = given;
  const shade = byId('drop');
  let inside = 0;
  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
  document.addEventListener('dragenter', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    inside += 1;
    shade.classList.add('shown');
  });
  document.addEventListener('dragover', (event) => {
    if (carries(event)) event.preventDefault();
  });
  document.addEventListener('dragleave', (event) => {
    if (!carries(event)) return;
    inside = Math.max(0, inside - 1);
    if (!inside) shade.classList.remove('shown');
  });
  document.addEventListener('drop', async (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    inside = 0;
    shade.classList.remove('shown');
    await take(await dropped(event.dataTransfer));
  });
}

/** The area at the top: large while there is nothing, a strip with the files afterwards. */
export function showIntake() {
  const section = byId('intake');
  const some = state.files.length > 0;
  section.classList.toggle('some', some);
  const chooser = picker('files', {});
  const folder = picker('folder', { webkitdirectory: true });
  fill(section,
    make('h2', { id: 'intake-head', class: some ? 'unseen' : '' }, say(some ? 'files' : 'drop_here')),
    !some && make('p', { class: 'quiet' }, say('drop_kinds')),
    some && fileList(),
    refusedList(),
    replacedList(),
    busy && receiving(),
    !busy && make('div', { class: 'buttons' },
      button(say(some ? 'add_files' : 'choose_files'), () => chooser.click(), { id: 'choose', class: some ? '' : 'primary' }),
      button(say(some ? 'add_folder' : 'choose_folder'), () => folder.click(), { id: 'choose-folder', class: 'plain' }),
      some && button(say('check_again'), () => use.check(), { id: 'check' }),
      some && button(say('start_over'), startOver, { id: 'start-over', class: 'plain' })),
    chooser, folder, busy ? null : some ? settings() : welcome());
}

function picker(name, more) {
  return make('input', {
    type: 'file', id: `pick-${name}`, class: 'unseen', multiple: true, tabindex: '-1', 'aria-hidden': 'true',
    accept: more.webkitdirectory ? null : SUFFIXES.join(','), ...more,
    change: (event) => take(chosen(event.target.files)),
  });
}

function receiving() {
  return make('div', { class: 'receiving' },
    make('progress', { max: busy.of, value: busy.done, 'aria-label': say('taking_in', '') }),
    make('p', {}, say('taking_in', busy.name), ` (${busy.done + 1} / ${busy.of})`),
    button(say('stop'), () => busy.stop.abort(), { id: 'stop-receiving' }));
}

function welcome() {
  const step = (name) => make('li', {}, make('b', {}, say(name)), make('span', {}, say(`${name}_more`)));
  return make('ol', { class: 'steps' }, step('step_drop'), step('step_see'), step('step_take'));
}

function fileList() {
  // Many would be as many stops on a keyboard's way to the buttons.
  if (state.files.length > MOST_SHOWN) {
    return disclosure(say('file_count', state.files.length), theFiles, { class: 'many-files' });
  }
  return theFiles();
}

function theFiles() {
  return make('ul', { class: 'files', 'aria-label': say('files') }, state.files.map((one) => make('li', {},
    make('span', { class: 'name', title: one.given }, one.name), ' ', make('small', {}, size(one.size)),
    button('×', () => remove(one), { class: 'remove', 'aria-label': say('remove', one.name), title: say('remove', one.name) }))));
}

function refusedList() {
  if (!state.refused.length) return null;
  return make('ul', { class: 'refused', 'aria-label': say('refused') }, state.refused.map((line) => make('li', {}, line)));
}

function replacedList() {
  if (!state.replaced.length || busy) return null;
  return make('ul', { class: 'replaced' }, state.replaced.map((one) => make('li', {}, say('replaced', one.name), ' ',
    button(say('keep_both'), () => keepBoth(one), { class: 'plain' }))));
}

function settings() {
  const year = make('input', {
    type: 'number', id: 'year', min: '2000', max: '2099', placeholder: say('year_from_file'),
    change: () => {
      state.options.year = year.value && year.checkValidity() ? Number(year.value) : null;
    },
  });
  year.value = state.options.year || '';
  const hidden = make('input', {
    type: 'checkbox', id: 'hidden-sheets', checked: state.options.include_hidden,
    change: () => {
      state.options.include_hidden = hidden.checked;
    },
  });
  return make('details', { class: 'settings' }, make('summary', {}, say('settings')),
    make('p', {}, make('label', { for: 'year' }, say('plan_year')), ' ', year),
    make('p', {}, hidden, ' ', make('label', { for: 'hidden-sheets' }, say('include_hidden'))),
    make('p', { class: 'quiet' }, say('settings_help')));
}

/** The size of a file as people say it. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const readable = (name) => SUFFIXES.some((suffix) => name.toLowerCase().endsWith(suffix));

/** Takes files in: new ones are added, one of a name that is there already replaces it. */
async function take(found) {
  if (!found.length) return;
  if (busy || state.job) {
    use.note(say('wait_first'));
    return;
  }
  const stop = new AbortController();
  busy = { name: '', done: 0, of: found.length, stop };
  try {
    state.refused = [];
    state.replaced = [];
    // Of a folder only what can be a declaration; what a person chose by name is answered for.
    const wanted = found.filter(({ file, listed }) => !listed || (readable(file.name) && !LIKE_ONE.test(file.name)));
    if (wanted.length < found.length) state.refused.push(say('passed_over', found.length - wanted.length));
    if (state.set === null) keepSet((await send('POST', '/api/sets')).set);
    const before = new Map(state.files.map((one) => [one.given || one.name, one]));
    let added = 0;
    busy.of = wanted.length;
    announce(say('taking_in', wanted.length === 1 ? wanted[0].file.name : ''));
    for (const { file, given } of wanted) {
      busy.name = file.name;
      showIntake();
      if (await takeOne(file, given, before.get(given), stop.signal)) added += 1;
      if (stop.signal.aborted) break;
      before.delete(given);
      busy.done += 1;
    }
    busy = null;
    showIntake();
    if (stop.signal.aborted) use.note(say('stopped'));
    else if (added) await use.check();
    else announce(state.refused.join(' '), true);
  } catch (fault) {
    use.fault(fault);
  } finally {
    busy = null;
    showIntake();
  }
}

async function takeOne(file, given, older, signal) {
  const { name } = file;
  const limit = name.toLowerCase().endsWith('.zip') ? state.limits.zip : state.limits.file;
  if (file.size > limit) {
    state.refused.push(say('too_large', name, size(limit)));
    return false;
  }
  try {
    // Away with the older one first: two files of one name would be called by a number.
    if (older) {
      await send('DELETE', `/api/sets/${state.set}/files/${older.file}`);
      state.files = state.files.filter((one) => one !== older);
      if (older.source) state.replaced.push(older);
    }
    const taken = await upload(state.set, name, file, { signal });
    state.files = [...state.files, { size: file.size, ...taken, name: taken.name || name, given, source: file }];
    return true;
  } catch (fault) {
    if (signal.aborted) return false;
    if (fault instanceof Refused && fault.status !== 404) {
      state.refused.push(fault.message);
      return false;
    }
    // A file that is open elsewhere, or changed meanwhile, cannot be read by the browser either.
    if (fault instanceof Gone && (await stillThere())) {
      state.refused.push(say('not_taken', name));
      return false;
    }
    throw fault;
  }
}

/** The file that was replaced was another one: it is taken in again, and called by a number. */
async function keepBoth(older) {
  if (busy || state.job) return;
  state.replaced = state.replaced.filter((one) => one !== older);
  try {
    if (await takeOne(older.source, `${older.given}\n${older.file}`, null, new AbortController().signal)) await use.check();
    else showIntake();
  } catch (fault) {
    use.fault(fault);
  }
}

async function remove(one) {
  if (state.job) return;
  if (state.files.length === 1) {
    await startOver();
    return;
  }
  try {
    await send('DELETE', `/api/sets/${state.set}/files/${one.file}`);
    state.files = state.files.filter((other) => other !== one);
    announce(say('removed', one.name));
    await use.check();
  } catch (fault) {
    use.fault(fault);
  }
}

async function startOver() {
  if (state.job) return;
  if (state.unsaved && !window.confirm(say('leave_unsaved', say(`with_${carrier()}`)))) return;
  const old = state.set;
  keepSet(null);
  state.files = [];
  state.refused = [];
  state.replaced = [];
  state.unsaved = false;
  use.fresh();
  byId('choose').focus();
  if (old !== null) await send('DELETE', `/api/sets/${old}`).catch(() => {});
}

/** The files of a set that is there already: after a reload, or named when the page was opened. */
export async function takeSet(set) {
  const known = await get(`/api/sets/${set}`);
  keepSet(set);
  state.files = known.files || [];
  Object.assign(state.options, {
    year: (known.options && known.options.year) || null,
    include_hidden: Boolean(known.options && known.options.include_hidden),
  });
  // Typed before the page was loaded anew: a new check of these files is given them again.
  for (const { of, text } of known.reasons || []) typed.set(JSON.stringify(of), text);
  state.unsaved = typed.size > 0 && wasUnsaved();
  return known;
}
