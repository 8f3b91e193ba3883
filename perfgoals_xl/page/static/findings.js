// The findings in their groups. A group makes its lines when it is opened, and a long one a part
// of them at a time: a workbook with thousands of findings is on the screen at once.

import { arrange, linePlace, nameOfGroup } from './arrange.js';
import { announce, button, byId, fill, make } from './dom.js';
import { filterBar } from './filters.js';
import { lineOf, refreshLine } from './line.js';
import { ruleReason } from './reasons.js';
import { LEVELS, findings, state, view } from './state.js';
import { say } from './words.js';

const OPEN_AT_FIRST = 60; // so many lines are shown without a click
const PART = 60; // so many lines of a group are made at a time

let arranged = { groups: [], shown: 0, of: 0 };
const bodies = new Map(); // group -> {group, list, toggle, body, made}

/** Shows the findings of the result, and the bar above them. */
export function showFindings() {
  view.current = null;
  const section = byId('findings');
  const head = make('h2', { id: 'findings-head', tabindex: '-1' }, say('findings'));
  if (!findings().length) {
    fill(section, head, make('p', { class: 'clean' }, say('no_findings')), notJudged());
    return;
  }
  fill(section, head,
    make('p', { class: 'quiet' }, say('findings_help')),
    filterBar(refilter, walk), make('div', { id: 'groups', class: 'groups' }), notJudged());
  regroup();
}

function refilter(again = false) {
  if (again) byId('findings').querySelector('.filters').replaceWith(filterBar(refilter, walk));
  regroup();
}

function regroup() {
  arranged = arrange();
  bodies.clear();
  let lines = 0;
  const parts = arranged.groups.map((group) => {
    const open = view.open.has(group.key) ? view.open.get(group.key) : lines < OPEN_AT_FIRST;
    lines += group.lines.length;
    return groupPart(group, open);
  });
  fill(byId('groups'), parts.length ? parts : make('p', { class: 'quiet' }, say('none_shown')));
  byId('shown').textContent = say('shown', arranged.shown, arranged.of);
}

/** Shows only the findings of one project; its name in the overview leads here. */
export function showProject(project) {
  view.project = project;
  refilter(true);
}

function groupPart(group, open) {
  const number = bodies.size;
  const list = make('ol', { class: 'lines' });
  const body = make('div', { id: `group-${number}`, class: 'group-body', hidden: !open });
  const toggle = make('button', {
    type: 'button', 'aria-expanded': String(open), 'aria-controls': `group-${number}`,
    click: () => setOpen(group.key, body.hidden),
  }, make('span', { class: 'group-name' }, title(group)), countWords(group.counts));
  bodies.set(group.key, { group, list, toggle, body, made: 0 });
  if (open) build(group.key);
  return make('section', { class: 'group' }, make('h3', {}, toggle), body);
}

function title(group) {
  const { sample } = group;
  if (group.kind === 'rule') {
    const rule = state.result.rules[group.key];
    return [make('b', {}, group.key), ` ${rule ? rule.title : ''}`];
  }
  const several = state.result.sources.length > 1;
  const file = several && make('small', {}, ` ${sample.file}`);
  if (group.kind === 'several') return [make('b', {}, say('several_projects')), file];
  const name = nameOfGroup(sample);
  const sheet = sample.sheet && sample.sheet !== name && !linePlace(sample);
  return [make('b', {}, name), sheet && make('small', {}, ` ${say('sheet', sample.sheet)}`), file];
}

function countWords(counts) {
  const words = LEVELS.filter((level) => counts[level])
    .map((level) => make('span', { class: `count ${level}` }, `${say(level)} ${counts[level]}`));
  return make('span', { class: 'counts' }, words);
}

function setOpen(key, open) {
  const part = bodies.get(key);
  view.open.set(key, open);
  part.toggle.setAttribute('aria-expanded', String(open));
  part.body.hidden = !open;
  if (open) build(key);
}

/** Makes the lines of a group, up to and with line `upTo`. */
function build(key, upTo = 0) {
  const part = bodies.get(key);
  const { group, list, body } = part;
  if (!part.made) {
    const rule = group.kind === 'rule' ? state.result.rules[group.key] : null;
    fill(body,
      rule && make('p', { class: 'explained' }, rule.explanation),
      group.kind === 'rule' && group.lines.flat().length > 1 && ruleReason(group.key), list);
  }
  const end = Math.max(part.made || PART, upTo + 1);
  const last = Math.min(group.lines.length, end);
  list.append(...group.lines.slice(part.made, last).map((line) => lineOf(line, group.kind === 'rule')));
  part.made = last;
  const more = body.querySelector('.more');
  if (more) more.remove();
  if (last < group.lines.length) {
    const rest = Math.min(PART, group.lines.length - last);
    body.append(button(say('show_more', rest, group.lines.length - last), () => {
      const first = last;
      build(key, last + PART - 1);
      list.children[first].focus();
    }, { class: 'more' }));
  }
}

/** Brings the lines on the screen to what the review says after reasons were written. */
export function refreshReasons() {
  for (const { list } of bodies.values()) {
    for (const line of list.children) refreshLine(line);
  }
}

/**
 * Goes to the next (`step` 1) or previous (-1) line without a reason, as 下一处 does in Excel;
 * with `every`, to the one beside, whatever it is.
 */
export function walk(step, every = false) {
  const all = findings();
  const way = [];
  for (const group of arranged.groups) {
    group.lines.forEach((line, at) => way.push({ key: group.key, line, at }));
  }
  const focused = document.activeElement && document.activeElement.closest('.line');
  const now = focused ? Number(focused.dataset.first) : view.current;
  const start = way.findIndex((spot) => spot.line.includes(now));
  const open = (spot) => every || spot.line.some((number) => !all[number].waiver);
  for (let gone = 1; gone <= way.length; gone += 1) {
    const at = start + step * gone + (start < 0 && step < 0 ? 1 : 0);
    const spot = way[((at % way.length) + way.length) % way.length];
    if (open(spot)) {
      if (every && (at < 0 || at >= way.length)) return;
      goTo(spot);
      if (at < 0 || at >= way.length) announce(say(step > 0 ? 'from_start' : 'from_end'));
      return;
    }
  }
  announce(say('nothing_open'));
  byId('shown').textContent = say('nothing_open');
}

function goTo({ key, line, at }) {
  const part = bodies.get(key);
  if (part.body.hidden) setOpen(key, true);
  if (at >= part.made) build(key, at);
  for (const marked of byId('groups').querySelectorAll('[aria-current]')) marked.removeAttribute('aria-current');
  const target = part.list.children[at];
  [view.current] = line;
  target.setAttribute('aria-current', 'true');
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'center' });
}

/** F7 and Shift+F7 everywhere; j and k among the findings, where nothing is typed. */
export function walkByKey(event) {
  if (!state.result || byId('result').hidden || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 'F7') {
    event.preventDefault();
    walk(event.shiftKey ? -1 : 1);
  } else if (event.key === 'j' || event.key === 'k') {
    const { target } = event;
    if (!target.closest('#findings') || target.closest('input, textarea, select')) return;
    event.preventDefault();
    walk(event.key === 'j' ? 1 : -1, true);
  }
}

function notJudged() {
  const entries = state.result.review.not_judged;
  if (!entries.length) return null;
  const reasons = new Map();
  for (const entry of entries) {
    const named = (entry.project || entry.sheet || entry.file || '').split(/\s+/).join(' ');
    const key = JSON.stringify([named, entry.reason]);
    if (!reasons.has(key)) reasons.set(key, { named, reason: entry.reason, rules: new Set() });
    reasons.get(key).rules.add(entry.rule);
  }
  const rows = [...reasons.values()].map(({ named, reason, rules }) => make('li', {},
    make('b', {}, [...rules].join(say('and'))), ` ${named}${say('colon')}${reason}`));
  return make('details', { class: 'not-judged' },
    make('summary', {}, say('not_judged', entries.length)),
    make('p', { class: 'quiet' }, say('not_judged_help')), make('ul', {}, rows));
}
