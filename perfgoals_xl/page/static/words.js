// The words of the page in the language that was chosen. What a program found comes from the program.

import { CHINESE } from './chinese.js';
import { ENGLISH } from './english.js';

const WORDS = { zh: CHINESE, en: ENGLISH };
const KEPT = 'perfgoals-language';
let own = sessionStorage.getItem(KEPT) || 'zh';

export const language = () => own;

export function chooseLanguage(chosen) {
  own = chosen;
  sessionStorage.setItem(KEPT, chosen);
}

/** The language that the program was started with, unless another was chosen in this tab. */
export function proposeLanguage(proposed) {
  if (sessionStorage.getItem(KEPT) === null && proposed in WORDS) own = proposed;
}

/** The words of that name, with what belongs into them. */
export function say(key, ...values) {
  return WORDS[own][key].replace(/\{(\d)\}/g, (whole, number) => String(values[number]));
}

/** Puts the words into what stands in index.html, and says which language the page is in. */
export function sayStatic() {
  document.documentElement.lang = own === 'en' ? 'en' : 'zh-CN';
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
}
