// From the findings of a result to what is shown: filtered, equal ones together, in groups.

import { LEVELS, counted, findings, projectOf, state, view } from './state.js';
import { say } from './words.js';

const MOST_MESSAGES = 4;
// What has lines and no cells; the reader's account names their places in the same words.
const TEXTS = /\.(txt|csv|tsv|md|markdown)$/i;
const DOCUMENTS = /\.(docx|docm|doc|wps|rtf|pdf|x?html?|s?html|mht|mhtml)$/i;

function words(finding) {
  const rule = state.result.rules[finding.rule];
  const parts = [
    finding.rule, rule && rule.title, finding.file, finding.sheet, finding.cell, finding.project,
    finding.indicator, finding.value, finding.message, finding.suggestion, finding.waiver,
  ];
  return parts.filter(Boolean).join('\n').toLowerCase();
}

/** Whether a finding is shown under the filters of the view. */
function wanted(finding) {
  if (!view.levels[finding.severity]) return false;
  if (view.rule && finding.rule !== view.rule) return false;
  if (view.project && projectOf(finding) !== view.project) return false;
  if (view.file && finding.file !== view.file) return false;
  if (view.answered === 'open' && finding.waiver) return false;
  if (view.answered === 'answered' && !finding.waiver) return false;
  const search = view.search.trim().toLowerCase();
  if (!search) return true;
  const text = words(finding);
  return search.split(/\s+/).every((word) => text.includes(word));
}

/**
 * The groups to show, in their order: {key, kind, rule, sample, lines, counts}. A line is a list of
 * finding numbers that are told together; `kind` is 'project', 'rule' or 'several' (found in
 * several projects).
 */
export function arrange() {
  const all = findings();
  const shown = new Set();
  all.forEach((finding, number) => {
    if (wanted(finding)) shown.add(number);
  });
  const groups = new Map();
  for (const line of lines(all, shown)) {
    const place = view.by === 'rule' ? ofRule(all, line) : ofProject(all, line);
    if (!groups.has(place.key)) groups.set(place.key, { ...place, sample: all[line[0]], lines: [] });
    groups.get(place.key).lines.push(line);
  }
  const found = [...groups.values()];
  for (const group of found) group.counts = counted(group.lines.flat().map((number) => all[number]));
  found.sort(view.by === 'rule' ? byGravity : severalFirst);
  return { groups: found, shown: shown.size, of: all.length };
}

/** What is told in one line each, of what is shown; in the order of the workbook. */
function lines(all, shown) {
  const together = new Map();
  for (const members of state.result.groups) {
    if (members.length < 2) continue;
    // By rule, the hints that were put together for a project stand under their own rules.
    const several = new Set(members.map((number) => all[number].rule)).size > 1;
    if (several && view.by === 'rule') continue;
    for (const number of members) together.set(number, members);
  }
  const found = [];
  const told = new Set();
  for (const number of shown) {
    const members = together.get(number);
    if (!members) found.push([number]);
    else if (!told.has(members)) {
      told.add(members);
      found.push(members.filter((member) => shown.has(member)));
    }
  }
  return found;
}

function ofRule(all, line) {
  return { key: all[line[0]].rule, kind: 'rule' };
}

function ofProject(all, line) {
  const projects = new Set(line.map((number) => projectOf(all[number])));
  if (projects.size > 1) return { key: `several ${all[line[0]].file}`, kind: 'several' };
  return { key: projects.values().next().value, kind: 'project' };
}

function severalFirst(a, b) {
  const files = state.result.sources.map((source) => source.name);
  const byFile = files.indexOf(a.sample.file) - files.indexOf(b.sample.file);
  return byFile || (a.kind === 'several' ? 0 : 1) - (b.kind === 'several' ? 0 : 1);
}

function byGravity(a, b) {
  const worst = (group) => LEVELS.findIndex((level) => group.counts[level]);
  return worst(a) - worst(b) || (a.key < b.key ? -1 : 1);
}

/** What findings that are told together say: their messages, at most a handful. */
export function messages(some) {
  const own = [...new Set(some.map((finding) => finding.message))];
  return { messages: own.slice(0, MOST_MESSAGES), more: own.length > MOST_MESSAGES };
}

/** Where in a source without sheets: its line and the field in it; '' in a workbook. */
export function linePlace({ file, cell }) {
  const kind = TEXTS.test(file) ? 'line_of_text' : DOCUMENTS.test(file) ? 'line_of_document' : '';
  const parts = /^([A-Z]+)(\d+)$/.exec(cell || '');
  if (!kind || !parts) return '';
  const column = [...parts[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return say(kind, Number(parts[2]), column);
}

/** What a group of findings is called: its project, else its sheet, else the whole file. */
export function nameOfGroup(finding) {
  if (finding.project) return finding.project;
  return (!linePlace(finding) && finding.sheet) || say('whole_file');
}

/** `项目01!D19`; the sheet alone, or nothing, where there is no cell. */
export function place(finding) {
  const { sheet, cell } = finding;
  const line = linePlace(finding);
  if (line) return line;
  if (!sheet) return cell || '';
  return cell ? `${sheet}!${cell}` : sheet;
}
