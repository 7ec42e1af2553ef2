/* Files in pieces, each put where the server says that it goes on: a broken upload is taken up again. */
(function () {
  'use strict';
  var form = document.querySelector('form[data-upload]');
  if (!form || !window.fetch || !Blob.prototype.slice) return;
  var input = form.querySelector('input[type=file]'), drop = form.querySelector('.drop');
  var told = form.querySelector('[data-told]'), plain = form.querySelector('[data-plain]');
  var token = form.querySelector('input[name=csrfmiddlewaretoken]').value;
  var PIECE = 8 * 1024 * 1024, HASHED = 64 * 1024 * 1024, TRIES = 5;
  plain.hidden = true;

  function say(words) { told.hidden = false; told.textContent = words; }

  function hash(file) {
    if (file.size > HASHED || !window.crypto || !crypto.subtle) return Promise.resolve('');
    return file.arrayBuffer().then(function (bytes) { return crypto.subtle.digest('SHA-256', bytes); }).then(function (digest) {
      return Array.prototype.map.call(new Uint8Array(digest), function (one) { return ('0' + one.toString(16)).slice(-2); }).join('');
    });
  }

  function announce(file, sha256) {
    var body = new URLSearchParams({ name: file.name, size: String(file.size), sha256: sha256 });
    return fetch(form.dataset.announce, { method: 'POST', body: body, headers: { 'X-CSRFToken': token } }).then(answer);
  }

  function answer(response) {
    return response.json().then(function (told) { if (told.error) throw new Error(told.error); return told; });
  }

  function send(file, state, tries) {
    if (state.complete) return Promise.resolve();
    var piece = file.slice(state.offset, state.offset + PIECE), address = form.dataset.piece.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, state.upload);
    say(file.name + ' ' + Math.floor(100 * state.offset / file.size) + '%');
    return fetch(address, { method: 'POST', body: piece, headers: { 'X-CSRFToken': token, 'Upload-Offset': String(state.offset), 'Content-Type': 'application/octet-stream' } })
      .then(answer)
      .then(function (next) { return send(file, next, 0); }, function (error) {
        if (!(error instanceof TypeError) || tries >= TRIES) throw error;
        /* the network broke off: ask how far it came, and go on from there */
        return new Promise(function (go) { setTimeout(go, 1000 * (tries + 1)); })
          .then(function () { return fetch(address).then(answer); })
          .then(function (next) { return send(file, next, tries + 1); });
      });
  }

  function all(files) {
    var work = Promise.resolve();
    Array.prototype.forEach.call(files, function (file) {
      work = work.then(function () { return hash(file); })
        .then(function (sha256) { return announce(file, sha256); })
        .then(function (state) { return send(file, state, 0); });
    });
    work.then(function () { window.location.reload(); }, function (error) {
      say(error instanceof TypeError ? form.dataset.failed : error.message);
      input.value = '';
    });
  }

  input.addEventListener('change', function () { if (input.files.length) all(input.files); });
  ['dragover', 'dragleave', 'drop'].forEach(function (kind) {
    drop.addEventListener(kind, function (event) {
      event.preventDefault();
      drop.classList.toggle('over', kind === 'dragover');
      if (kind === 'drop' && event.dataTransfer.files.length) all(event.dataTransfer.files);
    });
  });
}());
