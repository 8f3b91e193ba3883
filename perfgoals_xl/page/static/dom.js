// Elements made from plain values. A text only ever becomes a text node or an attribute's value:
// nothing that stands in a workbook can become markup, whatever it looks like.

export const byId = (id) => document.getElementById(id);

/**
 * An element. `given` are its attributes; a function in it is a listener of the event of that name
 * (`click: …`), `true` an attribute without a value, `false`, null and undefined are left out.
 * Children are elements, texts and lists of them; null and false are left out.
 */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...kept(children));
  return element;
}

/** Puts children in the place of all that an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...kept(children));
  return element;
}

function kept(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** A button that says `text`. */
export function button(text, click, given = {}) {
  return make('button', { type: 'button', ...given, click }, text);
}

/** A table that can be scrolled sideways by keyboard where it is wider than the page. */
export function scrolled(label, table) {
  return make('div', { class: 'scrolled', tabindex: '0', role: 'region', 'aria-label': label }, table);
}

/** Something that opens; its contents are made when it is first opened. */
export function disclosure(summary, contents, given = {}) {
  const body = make('div', { class: 'disclosed' });
  const details = make('details', given, make('summary', {}, summary), body);
  let made = false;
  const build = () => {
    if (details.open && !made) {
      made = true;
      fill(body, contents());
    }
  };
  details.addEventListener('toggle', build);
  build();
  return details;
}

/** Tells people who do not see the page; what was told before is told again as well. */
export function announce(text, urgent = false) {
  const region = byId(urgent ? 'alarm' : 'told');
  region.textContent = '';
  setTimeout(() => {
    region.textContent = text;
  }, 60);
}

/** Moves the focus to something that is no control, such as a heading. */
export function focusOn(element) {
  if (!element.hasAttribute('tabindex')) element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start' });
}
