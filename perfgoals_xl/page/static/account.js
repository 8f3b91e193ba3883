// 读取说明: what the reader inferred and what it did not take, cell by cell, closed at first.

import { byId, disclosure, fill, make, scrolled } from './dom.js';
import { state } from './state.js';
import { say } from './words.js';

const INFERRED = 'below slipped filled_down read_as below_label scaled unseen converted'.split(' ');
const NOT_TAKEN = 'second unlabelled nameless_form covered struck textbox hidden error known unread no_form unread_form'.split(' ');
const PART = 100;

const partOf = (line) => (INFERRED.includes(line.kind) ? 'inferred' : NOT_TAKEN.includes(line.kind) ? 'not_taken_over' : 'other_remarks');

export function showAccount() {
  const { sources } = state.result;
  const told = sources.filter((source) => (source.account || []).length);
  const section = byId('account');
  section.hidden = !told.length;
  fill(section, make('h2', { id: 'account-head' }, say('account')), make('p', { class: 'quiet' }, say('account_help')),
    told.map((source) => disclosure(summary(source, sources.length > 1), () => contents(source))));
}

function summary(source, several) {
  const counts = new Map();
  for (const line of source.account) counts.set(partOf(line), (counts.get(partOf(line)) || 0) + 1);
  const words = ['inferred', 'not_taken_over', 'other_remarks'].filter((part) => counts.has(part))
    .map((part) => say(`${part}_count`, counts.get(part))).join(say('comma'));
  return several ? `${source.name}${say('colon')}${words}` : words;
}

function contents(source) {
  return ['inferred', 'not_taken_over', 'other_remarks'].map((part) => {
    const lines = source.account.filter((line) => partOf(line) === part);
    if (!lines.length) return null;
    const heads = ['where', 'content', 'what'];
    const body = make('tbody');
    const more = make('button', { type: 'button', class: 'more' });
    const show = () => {
      const made = body.children.length;
      body.append(...lines.slice(made, made + PART).map((line) => make('tr', {},
        make('td', { class: 'place' }, line.sheet && line.sheet !== source.name ? `${line.sheet}!${line.where}` : line.where),
        make('td', {}, line.value || ''), make('td', {}, line.text))));
      const rest = lines.length - body.children.length;
      more.hidden = rest <= 0;
      more.textContent = say('show_more', Math.min(PART, rest), rest);
    };
    more.addEventListener('click', show);
    show();
    return [make('h3', {}, say(`${part}_count`, lines.length)),
      scrolled(say(part), make('table', { class: 'list' },
        make('thead', {}, make('tr', {}, heads.map((key) => make('th', { scope: 'col' }, say(key))))), body)), more];
  });
}
