// Reasons (说明) typed on the page. The program keeps them and writes them into the marked copy;
// what stands in a field is always what the program has.

import { place } from './arrange.js';
import { announce, button, make } from './dom.js';
import { Refused, send } from './server.js';
import { carrier, findings, nameOf, state, typed } from './state.js';
import { say } from './words.js';

const MOST_ROWS = 8;
let after = () => {};

/** `changed` is called when the review has other reasons than before. */
export function onReasons(changed) {
  after = changed;
}

/** The field for the reason of one finding, or one for all of a list of them. */
export function reasonField(number) {
  const numbers = Array.isArray(number) ? number : [number];
  const finding = findings()[numbers[0]];
  const where = numbers.length > 1 ? say('places', numbers.length)
    : place(finding);
  const field = make('textarea', {
    rows: '1', spellcheck: 'false', placeholder: say('reason_hint'),
    'aria-label': say('reason_of', say(finding.severity), finding.rule, where),
    input: () => {
      fit(field);
      offer.hidden = !offerable();
      tell.textContent = '';
    },
    keydown: onEnter(() => save()),
    blur: () => save(),
  });
  field.dataset.numbers = JSON.stringify(numbers);
  const tell = make('p', { class: 'saved' }); // read aloud by announce()
  const others = findings().filter((other) => other.rule === finding.rule).length;
  const offerable = () => others > numbers.length && field.value.trim() !== '';
  const offer = button(say('for_rule', finding.rule, others), () => writeForRule(finding.rule, field.value, tell),
    // The field would save for itself alone when it loses the focus to the button.
    { class: 'plain', hidden: true, mousedown: (event) => event.preventDefault() });
  const save = () => {
    const text = field.value.trim();
    if (text === (field.dataset.kept || '') || text === field.dataset.sent) return;
    field.dataset.sent = text;
    write(numbers.map((one) => ({ finding: one, text })), tell, field);
  };
  return make('div', { class: 'reason' }, field, offer, tell);
}

/** Enter saves; with Shift, or while characters are being composed, it does what it always does. */
function onEnter(save) {
  return (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  };
}

/** The field by which a whole rule is answered. */
export function ruleReason(rule) {
  const tell = make('p', { class: 'saved' }); // read aloud by announce()
  const save = () => writeForRule(rule, field.value, tell);
  const field = make('textarea', {
    rows: '1', id: `reason-${rule}`, placeholder: say('reason_hint'), input: () => fit(field), keydown: onEnter(save),
  });
  return make('div', { class: 'rule-reason' }, make('label', { for: `reason-${rule}` }, say('reason_for_rule', rule)),
    field, button(say('write_for_rule'), save), tell);
}

/** Shows in a field what the review has, unless something else was typed there. */
export function refreshReason(field) {
  const numbers = JSON.parse(field.dataset.numbers || '[]');
  if (!numbers.length) return;
  const texts = new Set(numbers.map((number) => findings()[number].waiver || ''));
  const kept = texts.size === 1 ? texts.values().next().value : '';
  const own = field.value.trim();
  const untouched = own === (field.dataset.kept || '');
  field.dataset.kept = kept;
  if (untouched) field.value = kept;
  field.placeholder = texts.size > 1 ? say('several_reasons') : say('reason_hint');
  fit(field);
}

function fit(field) {
  const width = Math.max(12, Math.floor((field.clientWidth || 240) / 15));
  const rows = field.value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
  field.rows = Math.min(MOST_ROWS, Math.max(1, rows));
}

function writeForRule(rule, text, tell) {
  if (!text.trim()) {
    tell.textContent = say('reason_empty');
    return;
  }
  write([{ rule, text: text.trim() }], tell);
}

async function write(reasons, tell, field = null) {
  tell.textContent = say('saving');
  try {
    const before = findings();
    const answer = await send('POST', `/api/sets/${state.set}/reasons`, { reasons });
    // What was sent is now as the program has it, whatever that is; what was typed since is not.
    if (field && field.value.trim() === field.dataset.sent) field.dataset.kept = field.dataset.sent;
    const changed = take(answer, before);
    // Where nothing changed the program says why: such as that all of them have a reason already.
    const into = say(`with_${carrier()}`);
    const line = changed > 1 ? say('saved_count', into, changed)
      : (!changed && (answer.told || []).join(' ')) || say('saved', into);
    tell.textContent = line;
    announce(line);
  } catch (fault) {
    const line = fault instanceof Refused ? fault.message : say('not_saved');
    tell.textContent = line;
    announce(line, true);
  } finally {
    if (field) delete field.dataset.sent;
  }
}

/** Whether something was typed that the program does not have. */
export function anythingTyped() {
  const fields = [...document.querySelectorAll('#findings .reason textarea')];
  return fields.some((field) => field.value.trim() !== (field.dataset.kept || ''));
}

function take(answer, before) {
  state.result.review = answer.review;
  // The text of the report has them as well: it is asked for anew when somebody copies it.
  state.result.report = answer.report || null;
  let changed = 0;
  findings().forEach((finding, number) => {
    if ((before[number].waiver || '') === (finding.waiver || '')) return;
    changed += 1;
    state.unsaved = true;
    typed.set(nameOf(finding), finding.waiver || '');
  });
  after();
  return changed;
}

let carried = null;

/** Before the same files are checked in another language: then what is answered is called otherwise. */
export function carryByPlace() {
  carried = findings().map((finding) => typed.get(nameOf(finding)));
}

/** After a new check: the reasons typed before, for findings that are still there without one. */
export async function writeAgain() {
  const reasons = [];
  if (carried && carried.length === findings().length) {
    carried.forEach((text, number) => text !== undefined && typed.set(nameOf(findings()[number]), text));
  }
  carried = null;
  findings().forEach((finding, number) => {
    const text = typed.get(nameOf(finding));
    if (text && !finding.waiver) reasons.push({ finding: number, text });
  });
  if (!reasons.length) return;
  const answer = await send('POST', `/api/sets/${state.set}/reasons`, { reasons });
  take(answer, findings());
}
