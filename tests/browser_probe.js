// Looks at the page for the tests, as `probe` in the window; see tests/browser_page.py.
window.probe = (() => {
  const TEXTS = '.asked, .answer, .card-path, .card-quote, .note, .suggestion, .example, button';
  const CONTROLS = 'button, input, textarea, select, a, .asked, .answer, .card';
  const SHOWN = '.turn *, #report *, #outline *, [role=tooltip] *, #notice *';
  const RUNS = ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'STYLE', 'LINK', 'FORM', 'BASE', 'META'];
  const FETCHES = ['src', 'srcset', 'href', 'xlink:href', 'action', 'data', 'poster', 'background'];

  const visible = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const start = (element) => element.outerHTML.slice(0, 160);
  const found = (selector, wanted) =>
    [...document.querySelectorAll(selector)].filter(wanted).map(start);

  const scrolls = (style) => ['auto', 'scroll'].includes(style);
  const insideScroller = (element) => {
    for (let above = element.parentElement; above; above = above.parentElement) {
      if (above !== document.body && scrolls(getComputedStyle(above).overflowX)) return true;
    }
    return false;
  };

  const foreign = (value) => {
    try {
      const url = new URL(value, location);
      return !['data:', 'blob:'].includes(url.protocol) && url.origin !== location.origin;
    } catch {
      return false;
    }
  };
  const dangerous = ({ name, value }) =>
    name.startsWith('on') || name === 'srcdoc' || (FETCHES.includes(name) && foreign(value));

  return {
    // Whether the page scrolls sideways, in pixels.
    sideways: () => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth,

    // Controls and texts that stick out of the window sideways.
    outside: () =>
      found(CONTROLS, (element) => {
        const { left, right, width, height } = element.getBoundingClientRect();
        const out = left < -1 || right > innerWidth + 1;
        return visible(element) && width > 1 && height > 1 && out && !insideScroller(element);
      }),

    // Texts of which a part is cut off.
    cut: () =>
      found(TEXTS, (element) => {
        const style = getComputedStyle(element);
        const hides = style.overflow !== 'visible' && !scrolls(style.overflowY);
        const wide = element.scrollWidth > element.clientWidth + 1;
        const high = element.scrollHeight > element.clientHeight + 2;
        return visible(element) && hides && element.clientWidth > 1 && (wide || high);
      }),

    // Elements of reports, questions and answers that could run or fetch something.
    alive: () =>
      found(SHOWN, (element) =>
        RUNS.includes(element.tagName.toUpperCase()) || [...element.attributes].some(dangerous)),

    // Whether one sees that the focus is on this element.
    focusSeen: (element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    },

    // The highlighted words of the report, without what a quotation may differ in.
    cited: () =>
      [...document.querySelectorAll('#report mark.cited')].map((mark) => mark.textContent)
        .join('').normalize('NFKC').replace(/\s|\*\*/g, ''),

    pressEnter: (field, keys) =>
      field.dispatchEvent(new KeyboardEvent('keydown', {
        key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...keys,
      })),
  };
})();
