/* Dripline 滴灌: behaviour of every page. No inline handlers, no eval; every page also works without this file. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement;
  function all(selector, within) { return Array.prototype.slice.call((within || doc).querySelectorAll(selector)); }

  all('[data-theme-toggle]').forEach(function (button) {
    button.addEventListener('click', function () {
      var dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      try { localStorage.setItem('theme', root.dataset.theme); } catch (e) { /* not kept */ }
      doc.dispatchEvent(new Event('themechange'));
    });
  });
  all('[data-print]').forEach(function (button) { button.addEventListener('click', function () { window.print(); }); });

  /* a form that asks again as soon as something is chosen; its button stays for who has no script */
  doc.addEventListener('change', function (event) {
    var form = event.target.closest && event.target.closest('form[data-submit-on-change]');
    if (form) form.requestSubmit();
  });

  /* rows of a board by their status or unit */
  all('[data-filter-group]').forEach(function (group) {
    all('button[data-filter]', group).forEach(function (button) {
      button.addEventListener('click', function () {
        all('button[data-filter]', group).forEach(function (other) { other.setAttribute('aria-pressed', String(other === button)); });
        var asked = button.dataset.filter, board = doc.getElementById(group.dataset.filterGroup);
        all('[data-tags]', board).forEach(function (row) { row.hidden = asked !== '' && row.dataset.tags.split('|').indexOf(asked) < 0; });
        all('tbody', board).forEach(function (body) { var rows = all('[data-tags]', body); body.hidden = rows.length > 0 && rows.every(function (row) { return row.hidden; }); });
      });
    });
  });

  /* what is typed in another page's frame is asked for before it is lost */
  all('form[data-confirm]').forEach(function (form) {
    form.addEventListener('submit', function (event) { if (!window.confirm(form.dataset.confirm)) event.preventDefault(); });
  });

  /* one menu open at a time, closed by Escape */
  doc.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') all('.topbar details[open]').forEach(function (menu) { menu.open = false; });
  });
}());
