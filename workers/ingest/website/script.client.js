(() => {
  const o = new URL(document.currentScript.src).origin;
  const q = new URLSearchParams(location.search);
  if (navigator.globalPrivacyControl) return;
  const send = (event) =>
    navigator.sendBeacon(
      `${o}/e`,
      JSON.stringify({ event, page: location.href, person: q.get('sh') || undefined }),
    );
  window.signalhouse = send;
  send(/pric/i.test(location.pathname) ? 'visited_pricing' : 'visit');
  addEventListener('click', ({ target }) => {
    const a = target.closest?.('[data-signal],a[href]');
    if (a?.dataset.signal) send(a.dataset.signal);
    if (a?.host !== location.host) return;
    const u = new URL(a.href);
    for (const [k, v] of q) if (/^(sh|ref|utm_.*)$/.test(k)) u.searchParams.set(k, v);
    a.href = u;
  });
  addEventListener('submit', ({ target: f }) => {
    if (!f.action.startsWith(`${o}/forms/`)) return;
    const i = document.createElement('input');
    Object.assign(i, { type: 'hidden', name: 'page', value: location.href });
    f.append(i);
  });
})();
