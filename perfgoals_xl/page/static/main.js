// The page: what is shown when, the switch of languages, the end.

import { showAccount } from './account.js';
import { announce, byId, fill, focusOn, make } from './dom.js';
import { refreshReasons, showFindings, showProject, walkByKey } from './findings.js';
import { setUpIntake, showIntake, takeSet } from './intake.js';
import { anyForms, refreshStanding, showOverview } from './overview.js';
import { anythingTyped, carryByPlace, onReasons, writeAgain } from './reasons.js';
import { setUpPaper } from './report.js';
import { Gone, Refused, get, leave, quit, send, stayInTouch, stillThere, takeKey } from './server.js';
import { carrier, clearFilters, counted, findings, keepSet, keepUnsaved, keptSet, openErrors, state, typed, view } from './state.js';
import { onTakingFault, showTaking } from './taking.js';
import { chooseLanguage, language, proposeLanguage, say, sayStatic } from './words.js';
import { showWork } from './working.js';

let ended = false;
let version = '';

/** Reads the files of the set and shows what came of it. */
async function check() {
  if (state.job || !state.files.length) return;
  try {
    const { job } = await send('POST', `/api/sets/${state.set}/check`, { ...state.options, language: language() });
    await watch(job);
  } catch (fault) {
    await tellFault(fault);
  }
}

/** Follows the reading of the files to its end. */
async function watch(job) {
  clearFault();
  byId('result').hidden = true;
  byId('intake').hidden = true;
  let end;
  try {
    end = await showWork(job);
  } finally {
    byId('intake').hidden = false;
    clearFault();
  }
  if (end.state === 'done') {
    await showResult();
    await writeAgain();
    announce(closing());
    return;
  }
  state.result = null;
  showIntake();
  if (end.state === 'stopped') {
    fault(say('stopped'), 'note');
    byId('check').focus();
  } else {
    fault(end.error || say('failed'));
  }
}

async function showResult() {
  state.result = await get(`/api/sets/${state.set}/result`);
  clearFilters();
  view.open.clear();
  showIntake();
  showOverview((project) => {
    showProject(project);
    focusOn(byId('findings-head'));
  });
  showAccount();
  showFindings();
  // Where nothing was read there is nothing to mend and nothing to take away.
  const bare = !anyForms();
  byId('result').classList.toggle('bare', bare);
  byId('findings').hidden = bare;
  byId('taking').hidden = bare;
  byId('result').hidden = false;
  if (!bare) await showTaking();
  focusOn(byId('overview-head'));
  window.scrollTo(0, 0);
}

function closing() {
  if (!anyForms()) return byId('standing').textContent;
  const counts = counted(findings());
  const open = openErrors().length;
  return say('closing', counts.error, counts.warning, counts.info, open ? say('to_mend', open) : say('ready'));
}

function showEmpty() {
  state.result = null;
  typed.clear();
  byId('result').hidden = true;
  clearFault();
  showIntake();
}

function fault(line, kind = 'fault') {
  clearFault();
  byId('intake').before(make('p', { class: kind, id: 'fault' }, line));
  announce(line, true);
}

function clearFault() {
  const line = byId('fault');
  if (line) line.remove();
}

/** What a fault is called in front of a person; when the program has ended, the page says so. */
async function tellFault(error) {
  if (error instanceof Refused) fault(error.message);
  else if (error instanceof Gone && !(await stillThere())) gone();
  else fault(say('failed'));
}

function gone() {
  end(say('gone'), say('gone_more'));
}

function end(head, more, kind = 'gone') {
  if (ended) return;
  ended = true;
  byId('gone').className = kind;
  document.body.classList.add('ended');
  for (const control of document.querySelectorAll('button, input, select, textarea')) control.disabled = true;
  const place = byId('gone');
  place.hidden = false;
  fill(place, make('b', {}, head), ' ', more);
  window.scrollTo(0, 0);
}

async function switchLanguage() {
  if (state.job) {
    fault(say('wait_first'), 'note');
    return;
  }
  chooseLanguage(language() === 'zh' ? 'en' : 'zh');
  showStatic();
  if (state.result) {
    const { unsaved } = state;
    carryByPlace();
    await check();
    state.unsaved = unsaved;
  } else {
    showIntake();
  }
  byId('language').focus({ preventScroll: true });
}

function showStatic() {
  sayStatic();
  const other = byId('language');
  other.textContent = say('other_language');
  other.lang = say('other_lang');
  byId('version').textContent = version;
}

async function endByHand() {
  if (state.unsaved && !window.confirm(say('leave_unsaved', say(`with_${carrier()}`)))) return;
  state.unsaved = false;
  try {
    await quit();
    keepSet(null);
    end(say('ended'), say('ended_more'), 'gone calm');
  } catch (error) {
    await tellFault(error);
  }
}

function warnBeforeLeaving(event) {
  if (ended || !(state.unsaved || anythingTyped())) return;
  event.preventDefault();
  event.returnValue = '';
}

/** After a reload, or when the page was opened with files: shows what is there. */
async function resume(start) {
  const set = keptSet() || start.set;
  if (!set) return;
  try {
    const known = await takeSet(set);
    showIntake();
    const job = known.job || (set === start.set && !known.checked ? start.job : null);
    if (job) await watch(job);
    else if (known.checked) await showResult();
    else if (state.files.length) await check();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    keepSet(null);
    state.files = [];
    showIntake();
    if (set !== start.set && start.set) await resume(start);
  }
}

async function begin() {
  // What stands there is for a browser that does not come as far as here.
  fill(byId('intake'));
  sayStatic();
  if (!takeKey()) {
    end(say('no_key'), say('no_key_more'));
    return;
  }
  setUpIntake({ check, fresh: showEmpty, fault: tellFault, note: (line) => fault(line, 'note') });
  setUpPaper();
  onTakingFault((error) => {
    if (error instanceof Gone) stillThere().then((there) => there || gone());
    return error instanceof Gone ? say('gone') : '';
  });
  onReasons(() => {
    refreshReasons();
    refreshStanding();
  });
  byId('language').addEventListener('click', switchLanguage);
  byId('quit').addEventListener('click', endByHand);
  document.addEventListener('keydown', walkByKey);
  window.addEventListener('beforeunload', warnBeforeLeaving);
  window.addEventListener('pagehide', keepUnsaved);
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', (event) => event.persisted && stayInTouch(gone));
  try {
    const start = await get('/api/start');
    state.limits = { file: start.max_file_bytes || Infinity, zip: start.max_zip_bytes || Infinity };
    proposeLanguage(start.language);
    version = `perfgoals-xl ${start.version} · ${start.rules_version}`;
    showStatic();
    stayInTouch(gone);
    showIntake();
    await resume(start);
  } catch (error) {
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) end(say('no_key'), say('no_key_more'));
    else await tellFault(error);
  }
}

begin();
