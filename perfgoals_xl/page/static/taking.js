// What can be taken away: the actions that the program has for these files, each with what it asks.

import { announce, button, byId, fill, make } from './dom.js';
import { size } from './intake.js';
import { copyReport, printReport } from './report.js';
import { follow, get, output, send, upload } from './server.js';
import { carrier, state } from './state.js';
import { language, say } from './words.js';

const GROUPS = ['bureau', 'workbook', 'publish', 'forms', 'data'];

let fault = () => {};

export function onTakingFault(told) {
  fault = told;
}

/** Shows what can be made of the files of the result. */
export async function showTaking() {
  const section = byId('taking');
  const head = make('h2', { id: 'taking-head' }, say('taking'));
  fill(section, head);
  if (!state.actions.length) state.actions = await get('/api/actions');
  const possible = state.actions.filter((action) => state.result.actions.includes(action.name));
  const groups = GROUPS.map((group) => {
    const own = possible.filter((action) => action.group === group);
    const items = own.map(item);
    if (group === 'workbook') items.push(paper());
    if (!items.length) return null;
    return make('section', { class: 'take-group' }, make('h3', {}, say(`group_${group}`)), make('ul', {}, items));
  });
  fill(section, head, make('p', { class: 'quiet' }, say('taking_help')), groups);
}

const inLanguage = (thing, name) => (language() === 'en' && thing[`${name}_en`]) || thing[name] || '';

function item(action) {
  const asked = action.options || [];
  const hint = make('p', { class: 'quiet', id: `hint-${action.name}` }, inLanguage(action, 'hint'));
  const told = make('div', { class: 'told' });
  const main = make('button', {
    type: 'button', id: `take-${action.name}`, class: action.primary ? 'primary take' : 'take',
    'aria-describedby': `hint-${action.name}`,
  }, make('span', {}, inLanguage(action, 'label')), ' ', make('small', {}, action.suffix));
  if (!asked.length) {
    main.addEventListener('click', () => run(action, main, told, {}));
    return make('li', {}, main, hint, told);
  }
  const fields = asked.map((option) => field(action, option));
  const form = make('form', {
    class: 'options', id: `options-${action.name}`, hidden: true, novalidate: true,
    submit: (event) => {
      event.preventDefault();
      submit(action, fields, main, told);
    },
  }, fields.map(({ box }) => box), make('button', { type: 'submit' }, say('make')));
  main.setAttribute('aria-expanded', 'false');
  main.setAttribute('aria-controls', form.id);
  main.addEventListener('click', () => {
    form.hidden = !form.hidden;
    main.setAttribute('aria-expanded', String(!form.hidden));
    if (!form.hidden) fields[0].input.focus();
  });
  return make('li', {}, main, hint, form, told);
}

function field(action, option) {
  const id = `${action.name}-${option.name}`;
  const given = { id, required: Boolean(option.required), 'aria-describedby': `fault-${id}` };
  let input;
  if (option.kind === 'month') {
    input = make('select', given, Array.from({ length: 12 }, (none, month) => make('option', { value: month + 1 }, say('month_of', month + 1))));
    input.value = String(option.default || 7);
  } else if (option.kind === 'choice') {
    input = make('select', given, (option.choices || []).map((one) => make('option', { value: one.value }, inLanguage(one, 'label'))));
    if (option.default !== null && option.default !== undefined) input.value = option.default;
  } else if (option.kind === 'flag') {
    input = make('input', { ...given, type: 'checkbox', checked: Boolean(option.default) });
  } else {
    const type = option.kind === 'file' ? 'file' : 'text';
    input = make('input', { ...given, type });
    if (type !== 'file') input.value = option.default || '';
  }
  const told = make('span', { class: 'field-fault', id: `fault-${id}` });
  const label = make('label', { for: id }, inLanguage(option, 'label'));
  return { option, input, told, box: make('p', {}, label, ' ', input, told) };
}

async function submit(action, fields, main, told) {
  let first = null;
  for (const { input, told: line } of fields) {
    const good = input.checkValidity();
    line.textContent = good ? '' : input.validity.valueMissing ? say('needed') : input.validationMessage;
    input.setAttribute('aria-invalid', String(!good));
    if (!good && !first) first = input;
  }
  if (first) {
    first.focus();
    return;
  }
  try {
    const options = {};
    for (const { option, input } of fields) {
      const value = await valueOf(option, input);
      if (value !== null) options[option.name] = value;
    }
    await run(action, main, told, options);
  } catch (error) {
    tellFault(error, told);
  }
}

async function valueOf(option, input) {
  if (option.kind === 'flag') return input.checked;
  if (option.kind === 'file') {
    const [file] = input.files;
    return file ? (await upload(state.set, file.name, file, { use: 'option' })).file : null;
  }
  if (input.value === '') return null;
  return option.kind === 'month' ? Number(input.value) : input.value;
}

async function run(action, main, told, options) {
  main.disabled = true;
  const doing = make('span', {}, say('making'));
  const bar = make('progress', { 'aria-label': say('making') });
  try {
    const { job } = await send('POST', `/api/sets/${state.set}/actions/${action.name}`, { options });
    const stop = button(say('stop'), () => {
      stop.disabled = true;
      send('DELETE', `/api/jobs/${job}`).catch(() => {});
    }, { class: 'plain' });
    fill(told, bar, doing, stop);
    announce(say('making'));
    const end = await follow(job, (now) => {
      if (now.of > 1) {
        bar.max = now.of;
        bar.value = Math.min(now.done, now.of);
      }
      doing.textContent = now.state === 'waiting' ? say('waiting') : now.doing || say('making');
    });
    if (end.state === 'stopped') fill(told, make('p', {}, say('stopped_making')));
    else if (end.state === 'failed') tellFault(new Error(end.error), told);
    else await save(action, end, told);
  } catch (error) {
    tellFault(error, told);
  } finally {
    main.disabled = false;
    // The button had the focus, and lost it while it could not be pressed.
    if (document.activeElement === document.body) main.focus({ preventScroll: true });
  }
}

async function save(action, end, told) {
  const made = end.output;
  const blob = await output(state.set, made.number);
  const address = URL.createObjectURL(blob);
  const link = make('a', { href: address, download: made.name, class: 'unseen' });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  if (action.name === carrier()) state.unsaved = false;
  const line = say('saved_as', made.name, size(made.size));
  fill(told, make('p', { class: 'made' }, line), (end.told || []).map((note) => make('p', { class: 'quiet' }, note)));
  announce(line);
}

function tellFault(error, told) {
  const line = error.message || say('failed');
  fill(told, make('p', { class: 'fault' }, error.name === 'Error' ? line : fault(error) || line));
  announce(line, true);
}

function paper() {
  const told = make('div', { class: 'told', role: 'status' });
  const copy = button(say('copy_report'), async () => {
    told.textContent = say((await copyReport()) ? 'copied' : 'not_copied');
  }, { id: 'copy-report' });
  const print = button(say('print_report'), printReport, { id: 'print-report' });
  return make('li', { class: 'paper-buttons' }, copy, print, told);
}
