// The report to copy, and on paper: A4, every finding, nothing that is only for the screen.

import { arrange, nameOfGroup, place } from './arrange.js';
import { byId, fill, make } from './dom.js';
import { get } from './server.js';
import { LEVELS, clearFilters, counted, findings, openErrors, state, view } from './state.js';
import { language, say } from './words.js';

/** Puts the text of the report into the clipboard; whether that was possible. */
export async function copyReport() {
  if (state.result.report === null) {
    state.result.report = (await get(`/api/sets/${state.set}/result`)).report;
  }
  const text = state.result.report;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (fault) {
    // No permission, as in some offices: the older way.
    const area = make('textarea', { class: 'unseen' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export function printReport() {
  window.print();
}

/** Makes the paper when somebody prints, by whichever way. */
export function setUpPaper() {
  window.addEventListener('beforeprint', showPaper);
  window.addEventListener('afterprint', () => fill(byId('paper')));
}

function showPaper() {
  if (!state.result) return;
  const { review, sources, rules } = state.result;
  const counts = counted(review.findings);
  const open = openErrors().length;
  const files = sources.map((source) => source.name).join(say('and'));
  const departments = [...new Set(sources.map((source) => source.department).filter(Boolean))].join(say('and'));
  const standing = open ? say('to_mend', open) : say('ready');
  fill(byId('paper'),
    make('h1', {}, say('report_title')),
    make('p', { class: 'paper-head' }, make('span', {}, `${say('file')}${say('colon')}${files}`),
      departments && make('span', {}, `${say('department')}${say('colon')}${departments}`),
      make('span', {}, `${say('printed')}${say('colon')}${now()}`)),
    make('p', { class: 'paper-counts' }, LEVELS.map((level) => make('span', {}, `${say(level)} ${say('items', counts[level])}`)),
      make('b', {}, standing)),
    faults(sources),
    review.findings.length ? table(rules) : make('p', {}, say('no_findings')));
}

function now() {
  return new Date().toLocaleString(language() === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long', timeStyle: 'short' });
}

function faults(sources) {
  const broken = sources.filter((source) => source.fault);
  return broken.length ? make('ul', {}, broken.map((source) => make('li', {}, `${source.name}${say('colon')}${source.fault}`))) : null;
}

function table(rules) {
  const heads = ['number', 'severity', 'rule', 'place_head', 'problem', 'suggestion', 'reason'];
  let number = 0;
  const bodies = everything().map((group) => make('tbody', {},
    make('tr', { class: 'paper-group' }, make('th', { colspan: String(heads.length), scope: 'rowgroup' }, groupName(group, rules))),
    group.lines.flat().map((at) => {
      const finding = findings()[at];
      number += 1;
      return make('tr', {}, make('td', {}, String(number)),
        make('td', { class: finding.severity }, say(finding.severity)), make('td', {}, finding.rule),
        make('td', { class: 'place' }, place(finding)),
        make('td', {}, finding.indicator && make('small', {}, finding.indicator, make('br')), finding.message),
        make('td', {}, finding.suggestion), make('td', {}, finding.waiver || ''));
    })));
  return make('table', {}, make('thead', {}, make('tr', {}, heads.map((key) => make('th', { scope: 'col' }, say(key))))), bodies);
}

/** All findings, grouped as on the screen but not filtered. */
function everything() {
  const kept = { ...view, levels: { ...view.levels } };
  clearFilters();
  const { groups } = arrange();
  Object.assign(view, kept);
  return groups;
}

function groupName(group, rules) {
  if (group.kind === 'rule') return `${group.key} ${rules[group.key] ? rules[group.key].title : ''}`;
  const name = group.kind === 'several' ? say('several_projects') : nameOfGroup(group.sample);
  return state.result.sources.length > 1 ? `${group.sample.file} · ${name}` : name;
}
