/* Charts: <div class="ec" data-chart="ID"></div> with the option made by the server in <script type="application/json" id="ID">.
   Colours and fonts of the option are written as "var(--c-1)" and taken from the page, so a chart follows its theme. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, drawn = [];
  function token(name) { return getComputedStyle(root).getPropertyValue(name).trim(); }
  function resolved(value) {
    if (typeof value === 'string') { var named = /^var\((--[a-z0-9-]+)\)$/.exec(value); return named ? token(named[1]) : value; }
    if (Array.isArray(value)) return value.map(resolved);
    if (value && typeof value === 'object') { var made = {}; Object.keys(value).forEach(function (key) { made[key] = resolved(value[key]); }); return made; }
    return value;
  }
  function base() {
    return {
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches, animationDuration: 300,
      color: ['--c-1', '--c-2', '--c-3', '--c-4', '--c-mute'].map(token),
      textStyle: { fontFamily: token('--font-sans'), fontSize: 12, color: token('--ink-3') },
      aria: { enabled: true },
      tooltip: { renderMode: 'richText', confine: true, trigger: 'axis', backgroundColor: token('--surface'), borderColor: token('--line-2'), borderWidth: 1, padding: [8, 12],
        textStyle: { color: token('--ink'), fontSize: 13, fontFamily: token('--font-sans') } }
    };
  }
  /* What an option leaves unsaid of its axes is read in both themes. */
  function theme() {
    var axis = { axisLine: { lineStyle: { color: token('--axis') } }, axisTick: { show: false }, axisLabel: { color: token('--ink-3'), fontSize: 12 },
      splitLine: { lineStyle: { color: token('--grid') } } };
    return { categoryAxis: axis, valueAxis: axis, timeAxis: axis };
  }
  function draw() {
    if (!window.echarts) return;
    drawn.forEach(function (chart) { chart.dispose(); });
    drawn = [];
    Array.prototype.forEach.call(doc.querySelectorAll('.ec[data-chart]'), function (place) {
      var source = doc.getElementById(place.dataset.chart);
      if (!source || !place.offsetWidth) return;
      var option = resolved(JSON.parse(source.textContent)), start = base();
      if (option.tooltip) option.tooltip = Object.assign(start.tooltip, option.tooltip);
      var chart = window.echarts.init(place, theme(), { renderer: 'canvas', locale: root.lang === 'en' ? 'EN' : 'ZH' });
      chart.setOption(Object.assign(start, option));
      drawn.push(chart);
    });
  }
  var waiting;
  window.addEventListener('resize', function () { clearTimeout(waiting); waiting = setTimeout(draw, 150); });
  doc.addEventListener('themechange', draw);
  doc.addEventListener('htmx:afterSettle', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
  if (doc.fonts && doc.fonts.ready) doc.fonts.ready.then(draw);
}());
