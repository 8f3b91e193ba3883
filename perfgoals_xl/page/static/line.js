// One line of the list: a finding, or several that say the same, with their reasons.

import { linePlace, messages, place } from './arrange.js';
import { button, fill, make } from './dom.js';
import { reasonField, refreshReason } from './reasons.js';
import { findings, state } from './state.js';
import { say } from './words.js';

const MOST_PLACES = 6;
const MOST_SIGNS = 120; // of a value or a name beside the message, which mostly quotes it

/** The line of the findings with these numbers; `byRule` names the project in it. */
export function lineOf(numbers, byRule) {
  const all = findings();
  const some = numbers.map((number) => all[number]);
  const line = numbers.length === 1 ? single(numbers[0], byRule) : together(numbers, some, byRule);
  line.dataset.first = String(numbers[0]);
  line.dataset.findings = JSON.stringify(numbers);
  refreshLine(line);
  return line;
}

function single(number, byRule) {
  const finding = findings()[number];
  return make('li', { class: `line ${finding.severity}`, tabindex: '-1' },
    level(finding.severity, finding.rule),
    make('p', { class: 'place' }, placeWords(finding)),
    make('div', { class: 'what' }, facts(finding, byRule),
      make('p', { class: 'message' }, finding.message), advice(finding.suggestion)),
    reasonField(number));
}

function facts(finding, byRule) {
  const parts = [];
  if (byRule && finding.project) parts.push(finding.project);
  if (byRule && state.result.sources.length > 1) parts.push(finding.file);
  if (finding.indicator) parts.push(short(finding.indicator));
  const value = finding.value !== null && finding.value !== '';
  if (!parts.length && !value) return null;
  return make('p', { class: 'facts' }, parts.join(' · '), parts.length && value ? ' · ' : '',
    value && [say('value'), make('span', { class: 'value' }, short(finding.value))]);
}

const short = (text) => (text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS)}……` : text);

function advice(text) {
  return text ? make('p', { class: 'advice' }, `→ ${text}`) : null;
}

function level(severity, rule) {
  const title = state.result.rules[rule];
  return make('p', { class: `level ${severity}` }, make('span', {}, say(severity)),
    rule && make('span', { class: 'code', title: title && title.title }, rule));
}

function placeWords(finding) {
  const where = place(finding);
  if (!where) return say('whole_file');
  if (!finding.cell || !finding.sheet || linePlace(finding)) return where;
  return [make('span', { class: 'sheet' }, finding.sheet), make('wbr'), make('b', {}, `!${finding.cell}`)];
}

function together(numbers, some, byRule) {
  const rules = [...new Set(some.map((finding) => finding.rule))];
  const rest = rules.length > 1;
  const told = messages(some);
  const cells = [...new Set(some.map(place).filter(Boolean))];
  const named = cells.slice(0, MOST_PLACES).map((cell) => [make('span', {}, cell), ' ']);
  if (cells.length > MOST_PLACES) named.push(say('and_others'));
  const suggestions = [...new Set(some.map((finding) => finding.suggestion).filter(Boolean))];
  const list = make('ol', { class: 'members', hidden: true });
  const opener = button(say('open_all', numbers.length), () => {
    const open = list.hidden;
    if (open && !list.children.length) {
      fill(list, numbers.map((number) => lineOf([number], byRule || !rest)));
    }
    list.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
    opener.textContent = say(open ? 'close_all' : 'open_all', numbers.length);
  }, { 'aria-expanded': 'false', class: 'plain' });
  const what = rest
    ? say('more_hints', numbers.length, rules.join(say('and')))
    : told.messages.join(say('semicolon')) + (told.more ? say('and_others') : '');
  return make('li', { class: `line several ${some[0].severity}`, tabindex: '-1' },
    level(some[0].severity, rest ? '' : rules[0]),
    make('p', { class: 'place' }, say('places', numbers.length), make('small', {}, named)),
    make('div', { class: 'what' }, make('p', { class: 'message' }, what),
      rest ? null : suggestions.map(advice), opener),
    rest ? make('p', { class: 'reason' }) : reasonField(numbers), list);
}

/** Brings the reasons of a line, and of those inside it, to what the review says. */
export function refreshLine(line) {
  const all = findings();
  for (const own of [line, ...line.querySelectorAll('.line')]) {
    const numbers = JSON.parse(own.dataset.findings);
    own.classList.toggle('answered', numbers.every((number) => all[number].waiver));
  }
  for (const field of line.querySelectorAll('.reason textarea')) refreshReason(field);
}
