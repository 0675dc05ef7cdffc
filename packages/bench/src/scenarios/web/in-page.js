// Runs in the page, so it is plain JavaScript: added to every page of a browser session.
const state = { times: [], longTasks: 0, blank: 0, isOn: false };

function startFrames(rowSelector) {
  Object.assign(state, { times: [], longTasks: 0, blank: 0, isOn: true });
  const observer = new PerformanceObserver((list) => {
    state.longTasks += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  const step = (now) => {
    state.times.push(now);
    if (rowSelector !== '' && document.querySelector(rowSelector) === null) state.blank += 1;
    if (state.isOn) requestAnimationFrame(step);
    else observer.disconnect();
  };
  requestAnimationFrame(step);
}

function endFrames() {
  state.isOn = false;
  const gaps = state.times.slice(1).map((time, i) => time - state.times[i]);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    rate: (gaps.length / total) * 1000,
    slowest: Math.max(...gaps),
    longTasks: state.longTasks,
    blank: state.blank,
  };
}

/** Sets the text of the search box and waits until its results are drawn. Returns milliseconds. */
function searchFor(word) {
  const input = document.querySelector('main input[type=search]');
  const started = performance.now();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, word);
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return new Promise((resolve) => {
    const check = () => {
      const shown = document.querySelector('[data-shown-query]')?.getAttribute('data-shown-query');
      if (shown === word) resolve(performance.now() - started);
      else requestAnimationFrame(check);
    };
    requestAnimationFrame(check);
  });
}

globalThis.bench = { startFrames, endFrames, searchFor };
