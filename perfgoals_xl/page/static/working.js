// What is shown while the program reads: which file, how many of how many, and a way to stop.

import { announce, button, byId, fill, make } from './dom.js';
import { follow, send } from './server.js';
import { state } from './state.js';
import { say } from './words.js';

const QUIET_MS = 12000; // progress is not read aloud more often

/** Follows the reading of the files; gives the job's last state. */
export async function showWork(job) {
  state.job = job;
  const section = byId('working');
  const bar = make('progress', { 'aria-labelledby': 'working-head' });
  const count = make('p', { class: 'progress-count' });
  const doing = make('p', { class: 'doing' });
  const names = state.files.map((one) => make('li', {}, make('span', { class: 'name' }, one.name), make('small', {}, say('to_read'))));
  const stop = button(say('stop'), async () => {
    stop.disabled = true;
    doing.textContent = say('stopping');
    await send('DELETE', `/api/jobs/${job}`).catch(() => {});
  }, { id: 'stop' });
  fill(section, make('h2', { id: 'working-head', tabindex: '-1' }, say('working')), bar, count, doing,
    stop, names.length > 1 && make('ul', { class: 'files reading', tabindex: '0', 'aria-label': say('files') }, names));
  section.hidden = false;
  byId('content').setAttribute('aria-busy', 'true');
  section.querySelector('h2').focus({ preventScroll: true });
  let spoken = Date.now();
  try {
    return await follow(job, (now) => {
      if (now.of) {
        bar.max = now.of;
        bar.value = Math.min(now.done, now.of);
        count.textContent = say('progress', now.done, now.of);
      }
      if (!stop.disabled) doing.textContent = now.state === 'waiting' ? say('waiting') : now.doing || '';
      if (now.of === names.length) mark(names, now.done);
      if (Date.now() - spoken > QUIET_MS && now.of) {
        spoken = Date.now();
        announce(say('progress', now.done, now.of));
      }
    });
  } finally {
    state.job = null;
    section.hidden = true;
    byId('content').removeAttribute('aria-busy');
  }
}

function mark(names, done) {
  names.forEach((item, number) => {
    const key = number < done ? 'was_read' : number === done ? 'is_read' : 'to_read';
    item.className = key;
    item.querySelector('small').textContent = say(key);
  });
}
