/* The entry grid: moves like a spreadsheet, saves each cell when it is left, loses nothing.
   Without this script the grid is one plain form. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form) return;
  var status = form.querySelector("[data-grid-status]");
  var problems = form.querySelector("[data-grid-problems]");
  var token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  var rows = Array.prototype.map.call(form.querySelectorAll("tbody tr"), function (row) { return Array.prototype.slice.call(row.cells).slice(1); });
  var inputs = Array.prototype.slice.call(form.querySelectorAll("input[data-key]"));
  var keepKey = "kheo-grid:" + form.dataset.save;
  var queue = {}, running = false;

  function kept() { try { return JSON.parse(window.localStorage.getItem(keepKey) || "{}"); } catch (error) { return {}; } }
  function keep(key, text) {
    var all = kept();
    if (text === null) delete all[key]; else all[key] = text;
    try { window.localStorage.setItem(keepKey, JSON.stringify(all)); } catch (error) { /* no room: the page still holds it */ }
  }
  function boxOf(key) { return form.querySelector("input[data-key='" + key + "']"); }
  function at(row, column) { var cell = rows[row] && rows[row][column]; return cell ? cell.querySelector("input[data-key]") : null; }
  function place(input) {
    for (var r = 0; r < rows.length; r++) { var c = rows[r].indexOf(input.closest("td")); if (c >= 0) return [r, c]; }
    return null;
  }
  function mark(input, state) { input.closest("td").className = state ? "is-" + state : ""; }
  function move(input, down, right) {
    var spot = place(input);
    for (var step = 1; step < 400; step++) {
      var r = spot[0] + down * step, c = spot[1] + right * step;
      if (r < 0 || c < 0 || r >= rows.length || c >= rows[0].length) return;
      var next = at(r, c);
      if (next) { next.focus(); next.select(); return; }
    }
  }
  function changed(input) { return input.value.trim() !== (input.dataset.was || "").trim(); }

  function note(answer, input) {
    var line = document.createElement("li");
    line.dataset.of = answer.key;
    line.textContent = input.getAttribute("aria-label") + ": " + answer.message + " ";
    if (answer.state === "held") {
      var reason = document.createElement("input");
      reason.className = "govuk-input govuk-input--width-20";
      reason.setAttribute("aria-label", form.dataset.reason);
      reason.placeholder = form.dataset.reason;
      var button = document.createElement("button");
      button.type = "button"; button.className = "govuk-button govuk-button--secondary"; button.textContent = form.dataset.keep;
      button.addEventListener("click", function () { if (reason.value.trim()) { put(input, reason.value); send(); } else reason.focus(); });
      line.appendChild(reason); line.appendChild(button);
    }
    problems.appendChild(line);
  }
  function clear(key) { Array.prototype.slice.call(problems.children).forEach(function (line) { if (line.dataset.of === key) line.remove(); }); }

  function put(input, reason) {
    queue[input.dataset.key] = { key: input.dataset.key, text: input.value, was: input.dataset.was || "", reason: reason || "" };
    keep(input.dataset.key, input.value);
    mark(input, "saving");
  }
  function hear(answer, sent) {
    var input = boxOf(answer.key);
    clear(answer.key);
    mark(input, answer.state === "unchanged" ? "saved" : answer.state);
    if (answer.state === "saved" || answer.state === "unchanged") {
      input.dataset.was = answer.shown;
      form.querySelector("input[name='was-" + answer.key + "']").value = answer.shown;
      if (input.value === sent.text) { input.value = answer.shown; keep(answer.key, null); }
      return;
    }
    if (answer.state === "conflict") { input.dataset.was = answer.shown; form.querySelector("input[name='was-" + answer.key + "']").value = answer.shown; }
    note(answer, input);
  }
  function send() {
    var keys = Object.keys(queue);
    if (running || !keys.length) return;
    running = true;
    var batch = queue;
    queue = {};
    status.textContent = form.dataset.saving;
    fetch(form.dataset.save, {
      method: "POST", credentials: "same-origin", redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ cells: keys.map(function (key) { return batch[key]; }) })
    }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (found) {
      found.cells.forEach(function (answer) { hear(answer, batch[answer.key]); });
      var bad = found.cells.filter(function (a) { return a.state !== "saved" && a.state !== "unchanged"; });
      status.textContent = bad.length ? bad[0].message : form.dataset.saved;
    }).catch(function () {
      keys.forEach(function (key) { if (!queue[key]) queue[key] = batch[key]; mark(boxOf(key), "failed"); });
      status.textContent = form.dataset.failed;
      window.setTimeout(send, 10000);
    }).then(function () { running = false; if (Object.keys(queue).length && status.textContent !== form.dataset.failed) send(); });
  }

  form.addEventListener("keydown", function (event) {
    var input = event.target;
    if (!input.dataset.key) return;
    var all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    var moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
    if (all || !input.value) { moves.ArrowLeft = [0, -1]; moves.ArrowRight = [0, 1]; }
    if (event.key === "Escape") { input.value = input.dataset.was || ""; keep(input.dataset.key, null); mark(input, ""); return; }
    if (!moves[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(input, moves[event.key][0], moves[event.key][1]);
  });
  form.addEventListener("focusin", function (event) { if (event.target.dataset.key) event.target.select(); });
  form.addEventListener("input", function (event) { if (event.target.dataset.key) keep(event.target.dataset.key, event.target.value); });
  form.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.dataset.key) return;
    if (changed(input)) { put(input); send(); } else { keep(input.dataset.key, null); clear(input.dataset.key); mark(input, ""); }
  });
  form.addEventListener("paste", function (event) {
    var input = event.target, text = (event.clipboardData || window.clipboardData).getData("text");
    if (!input.dataset.key || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    var spot = place(input);
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach(function (line, down) {
      line.split("\t").forEach(function (value, right) {
        var box = at(spot[0] + down, spot[1] + right);
        if (!box) return;
        box.value = value.trim();
        if (changed(box)) put(box);
      });
    });
    send();
  });
  window.addEventListener("beforeunload", function (event) { if (running || Object.keys(queue).length) event.preventDefault(); });

  var before = kept();
  Object.keys(before).forEach(function (key) {
    var input = boxOf(key);
    if (!input) {
      var line = document.createElement("li");
      line.textContent = form.dataset.kept + " " + key + ": " + before[key];
      problems.appendChild(line);
    } else if (before[key].trim() !== (input.dataset.was || "").trim()) { input.value = before[key]; mark(input, "failed"); } else keep(key, null);
  });
  inputs.forEach(function (input) { input.setAttribute("data-ready", ""); });
})();
