// The bar above the findings: grouped how, which of them, and the way from one to the next.

import { nameOfGroup } from './arrange.js';
import { button, byId, make } from './dom.js';
import { LEVELS, clearFilters, counted, findings, projectOf, state, view } from './state.js';
import { say } from './words.js';

const TYPING_MS = 180;

/** The bar; `changed` is called when something else is to be shown, `walk` with -1 or 1. */
export function filterBar(changed, walk) {
  const counts = counted(findings());
  const levels = LEVELS.map((level) => {
    const box = make('input', {
      type: 'checkbox', id: `level-${level}`, checked: view.levels[level],
      change: (event) => {
        view.levels[level] = event.target.checked;
        changed();
      },
    });
    const label = make('label', { for: `level-${level}`, class: `level ${level}` }, say(level), ' ',
      make('b', {}, String(counts[level])));
    return make('span', { class: 'choice' }, box, label);
  });
  const bar = make('div', { class: 'filters', role: 'search', 'aria-label': say('filters') },
    make('div', { class: 'filter-row' },
      make('fieldset', { class: 'switch' }, make('legend', { class: 'unseen' }, say('group_by')),
        radio('project', say('by_project'), changed), radio('rule', say('by_rule'), changed)),
      make('fieldset', { class: 'levels' }, make('legend', { class: 'unseen' }, say('severity')), levels),
      searchField(changed)),
    make('div', { class: 'filter-row' },
      choice('rule', say('rule'), rules(), changed),
      choice('project', say('project'), projects(), changed),
      state.result.sources.length > 1 && choice('file', say('file'), files(), changed),
      choice('answered', say('reason'), [['open', say('without_reason')], ['answered', say('with_reason')]], changed),
      button(say('clear_filters'), () => {
        clearFilters();
        changed(true);
        byId('search').focus();
      }, { id: 'clear-filters', class: 'plain' }),
      make('p', { id: 'shown', class: 'shown', role: 'status' }),
      make('span', { class: 'walk-buttons' },
        button(say('previous'), () => walk(-1), { id: 'previous', title: 'Shift+F7' }),
        button(say('next'), () => walk(1), { id: 'next', title: 'F7' }))));
  return bar;
}

function radio(by, label, changed) {
  const id = `by-${by}`;
  const input = make('input', {
    type: 'radio', name: 'by', id, checked: view.by === by,
    change: () => {
      view.by = by;
      view.open.clear();
      changed();
    },
  });
  return make('span', { class: 'choice' }, input, make('label', { for: id }, label));
}

function searchField(changed) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, TYPING_MS);
  };
  const input = make('input', {
    type: 'search', id: 'search', placeholder: say('search_hint'), autocomplete: 'off', spellcheck: 'false',
    input: (event) => {
      view.search = event.target.value;
      later();
    },
  });
  input.value = view.search;
  return make('span', { class: 'search' }, make('label', { for: 'search' }, say('search')), input);
}

function choice(name, label, options, changed) {
  const select = make('select', {
    id: `only-${name}`,
    change: (event) => {
      view[name] = event.target.value;
      changed();
    },
  }, make('option', { value: '' }, say('all')),
  options.map(([value, text]) => make('option', { value }, text)));
  select.value = view[name];
  return make('span', { class: 'only' }, make('label', { for: `only-${name}` }, label), select);
}

function rules() {
  const found = new Map();
  for (const finding of findings()) found.set(finding.rule, (found.get(finding.rule) || 0) + 1);
  return [...found].sort().map(([code, count]) => {
    const rule = state.result.rules[code];
    return [code, `${code} ${rule ? rule.title : ''} (${count})`];
  });
}

function projects() {
  const found = new Map();
  for (const finding of findings()) {
    const key = projectOf(finding);
    if (!found.has(key)) found.set(key, nameOfGroup(finding));
  }
  return [...found];
}

function files() {
  return state.result.sources.map((source) => [source.name, source.name]);
}
