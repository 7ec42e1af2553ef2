/* The chosen theme before anything is painted. */
(function () {
  'use strict';
  try {
    var saved = localStorage.getItem('theme');
    if (saved === 'light' || saved === 'dark') document.documentElement.dataset.theme = saved;
  } catch (e) { /* storage is off: the system decides */ }
}());
