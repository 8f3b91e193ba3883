// What was read and how it stands: the words and the look of the cover of our summary.

import { button, byId, disclosure, fill, make, scrolled } from './dom.js';
import { LEVELS, counted, findings, openErrors, projectOf, state } from './state.js';
import { say } from './words.js';

const MOST_NOTES = 5;
const FORMS = ['projects', 'evaluations', 'monitorings', 'department_forms'];

/** Shows the overview; `showProject` is called with the project whose findings are asked for. */
export function showOverview(showProject) {
  const { sources } = state.result;
  fill(byId('overview'),
    make('h2', { id: 'overview-head', tabindex: '-1' }, say('overview')),
    make('div', { id: 'standing' }),
    notes(),
    sources.length === 1 ? cover(sources[0]) : fileTable(sources),
    sources.some(listed) && projectList(sources.filter(listed), showProject));
  refreshStanding();
}

/** The state of review, which changes with every reason. */
export function refreshStanding() {
  const all = findings();
  const open = openErrors(all).length;
  const counts = counted(all);
  const answered = all.filter((finding) => finding.waiver).length;
  const faults = state.result.sources.filter((source) => source.fault).length;
  const empty = !anyForms();
  const stands = standing(empty, open, faults);
  fill(byId('standing'),
    make('p', { class: `standing ${stands === 'ready' ? 'ready' : 'draft'}` }, make('b', {}, say(stands, open || faults)), ' ',
      make('span', {}, say(`${stands}_more`))),
    !empty && make('ul', { class: 'totals', 'aria-label': say('counts') },
      LEVELS.map((level) => make('li', { class: counts[level] ? level : '' }, make('span', {}, say(level)), make('b', {}, say('items', counts[level])))),
      make('li', { class: 'reasons' }, make('span', {}, say('with_reason')), make('b', {}, say('items', answered))),
      make('li', { class: 'unjudged' }, make('span', {}, say('unjudged')), make('b', {}, say('items', state.result.review.not_judged.length)))),
    since());
  for (const cell of document.querySelectorAll('[data-standing]')) {
    fill(cell, sourceStanding(state.result.sources[Number(cell.dataset.standing)]));
  }
}

function standing(empty, open, faults) {
  if (empty) return faults ? 'faulty' : 'nothing_read';
  if (open) return 'to_mend';
  return faults ? 'faulty' : 'ready';
}

/** Whether anything was read that can be judged. */
export const anyForms = () => state.result.sources.some(holdsForms);

// The projects of a file that another one takes the place of are told once, of that one.
const listed = (source) => !source.left_out && (source.projects || []).length > 0;

const holdsForms = (source) => FORMS.some((form) => source.forms && source.forms[form]);

function since() {
  const told = state.result.review.since;
  return told ? make('p', { class: 'since' }, say('since', told.solved, told.new, told.standing)) : null;
}

function notes() {
  const lines = [...(state.result.notes || [])];
  for (const source of state.result.sources) lines.push(...(source.notes || []));
  if (!lines.length) return null;
  const list = (some) => make('ul', { class: 'notes', 'aria-label': say('notes') }, some.map((line) => make('li', {}, line)));
  if (lines.length <= MOST_NOTES + 1) return list(lines);
  return [list(lines.slice(0, MOST_NOTES)),
    disclosure(say('more_notes', lines.length - MOST_NOTES), () => list(lines.slice(MOST_NOTES)), { class: 'projects' })];
}

function formWords(source) {
  const forms = source.forms || {};
  const words = FORMS.filter((form) => forms[form]).map((form) => say(form, forms[form]));
  return words.length ? words : [say('no_forms')];
}

function department(source) {
  if (!source.department) return say('not_stated');
  return source.department_code ? say('coded', source.department, source.department_code) : source.department;
}

const year = (source) => (source.year ? say('year_of', source.year) : say('not_stated'));
const edition = (source) => (source.edition ? say('edition_of', source.edition) : '');

function cover(source) {
  if (source.fault) return make('p', { class: 'fault' }, source.fault);
  const facts = [
    ['file', source.name], ['department', department(source)], ['plan_year', year(source)], ['forms', formWords(source).join(say('comma'))],
    ['amount', source.amount], ['indicators', say('indicator_count', source.indicators || 0)], ['edition', edition(source)],
  ];
  return make('dl', { class: 'cover' }, facts.filter(([, value]) => value).map(([key, value]) => make('div', { class: key },
    make('dt', {}, say(key)), make('dd', {}, value))));
}

function fileTable(sources) {
  const heads = ['file_department', 'state', 'year', 'forms', 'amount', 'indicators', ...LEVELS];
  const rows = sources.map((source, number) => {
    const name = make('th', { scope: 'row', class: 'name' }, source.name);
    if (source.fault) {
      return make('tr', { class: 'broken' }, name, make('td', { colspan: String(heads.length - 1) },
        make('b', {}, say('unreadable')), ' ', source.fault));
    }
    const counts = counted(findings().filter((finding) => finding.file === source.name));
    name.append(make('small', {}, department(source)));
    return make('tr', {}, name, make('td', { 'data-standing': String(number) }), make('td', { class: 'whole' }, year(source)),
      make('td', { class: 'whole' }, formWords(source).map((word) => make('div', {}, word))), make('td', { class: 'number' }, source.amount || ''),
      make('td', { class: 'number' }, String(source.indicators || 0)),
      LEVELS.map((level) => make('td', { class: `number ${counts[level] ? level : ''}` }, source.left_out ? '' : String(counts[level]))));
  });
  return scrolled(say('read_files'), make('table', { class: 'list' }, make('caption', { class: 'unseen' }, say('read_files')),
    make('thead', {}, make('tr', {}, heads.map((key) => make('th', { scope: 'col' }, say(key))))), make('tbody', {}, rows)));
}

function sourceStanding(source) {
  if (!holdsForms(source)) return make('span', { class: 'draft' }, say('no_forms'));
  if (source.left_out) return [make('span', { class: 'left-out' }, say('left_out')), make('small', {}, source.left_out)];
  const open = openErrors(findings().filter((finding) => finding.file === source.name)).length;
  return make('span', { class: open ? 'draft' : 'ready' }, open ? say('to_mend', open) : say('ready'));
}

function projectList(sources, showProject) {
  const rows = [];
  for (const source of sources) for (const project of source.projects || []) rows.push([source, project]);
  const files = sources.length > 1;
  const sheets = rows.some(([, project]) => project.sheet);
  const heads = ['project', ...(files ? ['file'] : []), ...(sheets ? ['sheet_head'] : []), 'amount', 'indicators', ...LEVELS];
  const body = () => scrolled(say('projects', rows.length), make('table', { class: 'list' },
    make('caption', { class: 'unseen' }, say('projects', rows.length)),
    make('thead', {}, make('tr', {}, heads.map((key) => make('th', { scope: 'col' }, say(key))))),
    make('tbody', {}, rows.map(([source, project]) => projectRow(source, project, { files, sheets, showProject })))));
  return disclosure(say('projects', rows.length), body, { class: 'projects' });
}

function projectRow(source, project, { files, sheets, showProject }) {
  const name = project.project_name || say('unnamed');
  const key = projectOf({ file: source.name, sheet: project.sheet, project: project.project_name });
  const found = findings().some((finding) => projectOf(finding) === key);
  const blank = project.annual_amount === null || project.annual_amount === undefined;
  const amount = blank ? say('blank') : `${project.annual_amount} ${project.unit || ''}`;
  return make('tr', {},
    make('th', { scope: 'row' }, found ? button(name, () => showProject(key), { class: 'link' }) : name),
    files && make('td', {}, source.name), sheets && make('td', {}, project.sheet || ''),
    make('td', { class: 'number' }, amount), make('td', { class: 'number' }, String(project.indicators)),
    LEVELS.map((level) => {
      const count = (project.findings && project.findings[level]) || 0;
      return make('td', { class: `number ${count ? level : ''}` }, String(count));
    }));
}
