// Speaks to the program on this PC. Every request carries the key of this start, which came in the
// address behind `#` and is kept for this tab alone.

const KEY = 'perfgoals-key';
const ANSWER_MS = 5000;
const AGAIN_MS = 1000;
const MOST_TRIES = 3;

/** A request that was refused, with the one line that says why. */
export class Refused extends Error {
  constructor(line, status) {
    super(line);
    this.status = status;
  }
}

/** The program does not answer any more. */
export class Gone extends Error {}

/** Takes the key out of the address; false where there is none. */
export function takeKey() {
  const given = /^#key=([\w-]+)$/.exec(location.hash);
  if (given) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEY) !== null;
}

function headers(more = {}) {
  return { Authorization: `Bearer ${sessionStorage.getItem(KEY)}`, ...more };
}

async function answer(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: headers(options.headers), cache: 'no-store' });
  } catch (fault) {
    if (fault.name === 'AbortError') throw fault;
    throw new Gone(path);
  }
  if (response.ok) return response;
  let line = `${response.status} ${response.statusText}`;
  try {
    line = (await response.json()).error || line;
  } catch (fault) {
    // No JSON: the status is all there is to tell.
  }
  throw new Refused(line, response.status);
}

export const get = async (path, options) => (await answer(path, options)).json();

export async function send(method, path, document) {
  const options = { method };
  if (document !== undefined) {
    options.body = JSON.stringify(document);
    options.headers = { 'Content-Type': 'application/json' };
  }
  const text = await (await answer(path, options)).text();
  return text ? JSON.parse(text) : {};
}

/** Hands over one file as it is. */
export async function upload(set, name, file, { use = '', signal } = {}) {
  const told = new URLSearchParams({ name, modified: file.lastModified, ...(use && { use }) });
  const path = `/api/sets/${set}/files?${told}`;
  const options = { method: 'POST', body: file, signal, headers: { 'Content-Type': 'application/octet-stream' } };
  return (await answer(path, options)).json();
}

/** What the program wrote, for the browser to save. */
export async function output(set, number) {
  return (await answer(`/api/sets/${set}/outputs/${number}`)).blob();
}

/** Waits for a job and tells of every step; gives its last state. */
export async function follow(job, tell) {
  let since = '';
  for (;;) {
    const state = await get(`/api/jobs/${job}${since}`);
    tell(state);
    if (state.state !== 'waiting' && state.state !== 'running') return state;
    since = `?since=${state.seq}`;
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function answers() {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), ANSWER_MS);
  try {
    await get('/api/start', { signal: giveUp.signal });
    return true;
  } catch (fault) {
    // Another program on this port, or a later start of ours, knows no key of this page.
    return fault instanceof Refused && fault.status >= 500;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the program is still there, asked more than once: a PC that wakes up needs a moment. */
export async function stillThere() {
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    if (await answers()) return true;
    await pause(AGAIN_MS);
  }
  return false;
}

let leaving = false;
let line = null;

/** Keeps a line open, by which the program knows that the page is there; `gone` when it is not. */
export async function stayInTouch(gone) {
  leaving = false;
  line = new AbortController();
  const own = line;
  while (own === line && !leaving) {
    try {
      const response = await answer('/api/alive', { signal: own.signal });
      if ((response.headers.get('Content-Type') || '').includes('json')) {
        // Enough lines are open for other tabs: this one asks now and then.
        await pause((await response.json()).again * 1000);
        continue;
      }
      const reader = response.body.getReader();
      while (!(await reader.read()).done);
    } catch (fault) {
      // Broken off: see below whether it comes back.
    }
    if (own !== line || leaving) return;
    if (!(await stillThere())) {
      if (!leaving) gone();
      return;
    }
    await pause(AGAIN_MS);
  }
}

/** The page is being left: the program may end when no page comes back. */
export function leave() {
  leaving = true;
  if (line) line.abort();
  fetch('/api/leave', { method: 'POST', headers: headers(), keepalive: true }).catch(() => {});
}

/** Ends the program. */
export async function quit() {
  leaving = true;
  await send('POST', '/api/quit');
  if (line) line.abort();
}
