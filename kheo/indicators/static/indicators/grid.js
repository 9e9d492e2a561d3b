/* The entry grid: moves like a spreadsheet, saves each cell when it is left, loses nothing.
   Without this script the grid is one plain form. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form) return;
  var CHUNK = 500, AGAIN = 10000;
  var words = form.dataset;
  var status = form.querySelector("[data-grid-status]");
  var problems = form.querySelector("[data-grid-problems]");
  var about = form.querySelector("[data-grid-about]");
  var kind = form.querySelector("[data-grid-kind]");
  var token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  var unsaved = form.querySelector("[data-grid-unsaved]");
  var boxes = {}, spots = {}, cells = [], queue = {}, running = false, timer = 0;
  // One browser may be used by several people: each finds only what they typed themselves.
  var keepKey = "kheo-grid:" + words.who + ":" + words.save;

  Array.prototype.forEach.call(form.querySelectorAll("tbody tr"), function (row, r) {
    cells[r] = Array.prototype.map.call(row.querySelectorAll("td"), function (cell, c) {
      var input = cell.querySelector("input[data-key]");
      if (input) { boxes[input.dataset.key] = input; spots[input.dataset.key] = [r, c]; }
      return input;
    });
  });

  function kept() { try { return JSON.parse(window.localStorage.getItem(keepKey) || "{}"); } catch (error) { return {}; } }
  function keep(changes) {
    var all = kept();
    Object.keys(changes).forEach(function (key) { if (changes[key] === null) delete all[key]; else all[key] = changes[key]; });
    try { window.localStorage.setItem(keepKey, JSON.stringify(all)); } catch (error) { /* no room: the page still holds it */ }
  }
  function one(key, value) { var made = {}; made[key] = value; return made; }
  function copy(input) { return { text: input.value, was: input.dataset.was || "", title: input.getAttribute("aria-label") }; }
  function mark(input, state) {
    input.closest("td").className = state ? "is-" + state : "";
    if (["held", "conflict", "refused"].indexOf(state) >= 0) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
  }
  function changed(input) { return input.value.trim() !== (input.dataset.was || "").trim(); }
  function partner(key) {
    return /-numerator$/.test(key) ? key.replace(/numerator$/, "denominator") : /-denominator$/.test(key) ? key.replace(/denominator$/, "numerator") : "";
  }
  function move(input, down, right) {
    var spot = spots[input.dataset.key];
    for (var r = spot[0] + down, c = spot[1] + right; cells[r] && c >= 0 && c < cells[r].length; r += down, c += right) {
      if (cells[r][c]) { cells[r][c].focus(); return; }
    }
    input.select();
  }

  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button"; made.className = "govuk-button govuk-button--secondary"; made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }
  function clear(key) { Array.prototype.slice.call(problems.children).forEach(function (line) { if (line.dataset.of === key) line.remove(); }); }
  function problemOf(key) {
    var found = Array.prototype.filter.call(problems.children, function (line) { return line.dataset.of === key; })[0];
    return found ? found.dataset.says : "";
  }
  function tell(key, title, message) {
    clear(key);
    var line = document.createElement("li"), name = document.createElement(boxes[key] ? "a" : "strong");
    line.dataset.of = key; line.dataset.says = message;
    name.textContent = title;
    if (boxes[key]) name.href = "#" + boxes[key].id;
    line.appendChild(name);
    line.appendChild(document.createTextNode(": " + message + " "));
    problems.appendChild(line);
    return line;
  }
  function back(input) {
    input.value = input.dataset.was || "";
    delete queue[input.dataset.key];
    keep(one(input.dataset.key, null)); clear(input.dataset.key); mark(input, "");
    if (unsaved) unsaved.hidden = !Object.keys(kept()).length;
  }
  function note(answer, input) {
    var line = tell(answer.key, input.getAttribute("aria-label"), answer.message);
    if (answer.state === "held") {
      var reason = document.createElement("input");
      reason.className = "govuk-input govuk-input--width-20";
      reason.setAttribute("aria-label", words.reason + ": " + input.getAttribute("aria-label"));
      reason.placeholder = words.reason;
      line.appendChild(reason);
      line.appendChild(button(words.keep, function () { if (reason.value.trim()) { put(input, reason.value); send(); } else reason.focus(); }));
      line.appendChild(button(words.undo, function () { back(input); }));
    } else if (answer.state === "conflict") {
      line.appendChild(button(words.mine + " (" + input.value.trim() + ")", function () { put(input); send(); }));
      line.appendChild(button(words.theirs + " (" + (answer.shown || "–") + ")", function () { back(input); }));
    } else line.appendChild(button(words.undo, function () { back(input); }));
  }

  function put(input, reason) {
    var key = input.dataset.key, other = boxes[partner(key)];
    queue[key] = { key: key, text: input.value, was: input.dataset.was || "", reason: reason || "" };
    mark(input, "saving");
    // A numerator and its denominator are judged together, also when one of them was held before.
    if (other && changed(other) && !queue[other.dataset.key]) {
      queue[other.dataset.key] = { key: other.dataset.key, text: other.value, was: other.dataset.was || "", reason: reason || "" };
      mark(other, "saving");
    }
  }
  function stands(input, shown) {
    input.dataset.was = shown;
    form.querySelector("input[name='was-" + input.dataset.key + "']").value = shown;
  }
  function hear(answer, sent, done) {
    var input = boxes[answer.key], state = answer.state === "unchanged" ? "saved" : answer.state;
    clear(answer.key);
    mark(input, state);
    if (state === "saved") {
      stands(input, answer.shown);
      input.dataset.about = answer.shown === "" ? "" : words.saved;
      if (input.value === sent.text) { input.value = answer.shown; done[answer.key] = null; }
      return;
    }
    if (state === "conflict") stands(input, answer.shown);
    done[answer.key] = copy(input);
    note(answer, input);
  }
  function clock() { return new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }); }
  function summary(bad, nothing) {
    status.textContent = (nothing ? words.notsaved : words.saved) + " " + clock() + (bad ? " · " : "");
    if (unsaved) unsaved.hidden = !Object.keys(kept()).length;
    if (!bad) return;
    var way = document.createElement("a");
    way.href = "#grid-problems"; way.textContent = bad + " " + words.look;
    status.appendChild(way);
  }

  function send() {
    var keys = Object.keys(queue).sort(), last;
    if (running || !keys.length) return;
    window.clearTimeout(timer);
    running = true;
    last = partner(keys[CHUNK - 1] || "");
    keys = keys.slice(0, CHUNK).concat(keys.indexOf(last) >= CHUNK ? [last] : []);
    var batch = {};
    keys.forEach(function (key) { batch[key] = queue[key]; delete queue[key]; });
    status.textContent = words.saving;
    window.fetch(words.save, {
      method: "POST", credentials: "same-origin", redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ status: kind ? kind.value : "", cells: keys.map(function (key) { return batch[key]; }) })
    }).then(function (answer) {
      if (answer.ok) return answer.json();
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw { stranger: true };
      if (answer.status === 409) return answer.json().then(function (said) { throw { say: said.error }; });
      if (answer.status === 400 || answer.status === 404 || answer.status === 413) throw { say: words.denied, stop: true };
      throw {};
    }).then(function (found) {
      var done = {};
      found.cells.forEach(function (answer) { hear(answer, batch[answer.key], done); });
      keep(done);
      running = false;
      summary(problems.children.length, !found.cells.some(function (answer) { return answer.state === "saved" || answer.state === "unchanged"; }));
      send();
    }).catch(function (trouble) {
      running = false;
      keys.forEach(function (key) { if (!queue[key]) queue[key] = batch[key]; mark(boxes[key], "failed"); });
      if (trouble.stranger) { again(); return; }
      status.textContent = trouble.say || words.failed;
      if (!trouble.stop) timer = window.setTimeout(send, AGAIN);
    });
  }
  /* Signed out, or the token is stale: ask for this page until it is ours again, then send with its token. */
  function again() {
    window.fetch(window.location.href, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      var fresh = text && new window.DOMParser().parseFromString(text, "text/html").querySelector("form[data-grid]");
      if (fresh && fresh.dataset.who === words.who) {
        var now = fresh.querySelector("input[name=csrfmiddlewaretoken]").value;
        if (form.dataset.tried === "yes") { status.textContent = words.denied; return; }
        token = now; form.dataset.tried = "yes";
        send();
        window.setTimeout(function () { form.dataset.tried = ""; }, AGAIN);
        return;
      }
      status.textContent = text ? words.other + " " : words.signedout + " ";
      var way = document.createElement("a");
      way.href = words.signin; way.target = "_blank"; way.rel = "noopener"; way.textContent = words.signinlabel;
      status.appendChild(way);
      timer = window.setTimeout(again, AGAIN);
    }).catch(function () { status.textContent = words.failed; timer = window.setTimeout(again, AGAIN); });
  }

  form.addEventListener("keydown", function (event) {
    var input = event.target, key = event.key;
    if (!input.dataset.key) {
      var line = input.closest("[data-grid-problems] li");
      if (line && key === "Enter" && input.tagName === "INPUT") { event.preventDefault(); line.querySelector("button").click(); }
      return;
    }
    if (key === "Escape") { event.preventDefault(); back(input); input.select(); return; }
    if (key === "F2") { event.preventDefault(); input.setSelectionRange(input.value.length, input.value.length); return; }
    var all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    var moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
    if (all) { moves.ArrowLeft = [0, -1]; moves.ArrowRight = [0, 1]; }
    if (!moves[key] || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    move(input, moves[key][0], moves[key][1]);
  });
  form.addEventListener("focusin", function (event) {
    var input = event.target;
    if (!input.dataset.key) return;
    input.select();
    var spot = spots[input.dataset.key], row = input.closest("tr"), link = document.createElement("a");
    var name = document.createElement("span"), trouble = problemOf(input.dataset.key);
    name.textContent = input.getAttribute("aria-label") + ": ";
    about.textContent = "";
    about.appendChild(name);
    about.appendChild(document.createTextNode((trouble || input.dataset.about || "–") + " "));
    link.href = words.cell.replace("__unit__", form.querySelectorAll("thead th[data-slug]")[spot[1]].dataset.slug).replace("__code__", row.dataset.code);
    link.textContent = words.more;
    about.appendChild(link);
  });
  form.addEventListener("input", function (event) {
    var input = event.target;
    if (input.dataset.key) keep(one(input.dataset.key, changed(input) ? copy(input) : null));
  });
  form.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.dataset.key) return;
    if (changed(input)) { put(input); send(); } else back(input);
  });
  form.addEventListener("paste", function (event) {
    var input = event.target;
    if (!input.dataset.key) return;
    var text = (event.clipboardData || window.clipboardData).getData("text"), outside = [], made = {};
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    var spot = spots[input.dataset.key];
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach(function (line, down) {
      line.split("\t").forEach(function (value, right) {
        var box = cells[spot[0] + down] && cells[spot[0] + down][spot[1] + right];
        value = value.trim();
        if (!box) { if (value) outside.push(value); return; }
        box.value = value;
        if (changed(box)) { made[box.dataset.key] = copy(box); put(box); } else mark(box, "");
      });
    });
    keep(made);
    clear("outside");
    if (outside.length) tell("outside", words.outside + " (" + outside.length + ")", outside.slice(0, 12).join("; ")).appendChild(button(words.drop, function () { clear("outside"); }));
    send();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    Object.keys(boxes).forEach(function (key) { if (changed(boxes[key])) put(boxes[key]); });
    if (Object.keys(queue).length) send(); else summary(problems.children.length);
  });
  window.addEventListener("beforeunload", function (event) { if (running || Object.keys(queue).length) event.preventDefault(); });

  /* What was typed and not saved (a lock fell, somebody was first): as lines to take elsewhere. */
  if (unsaved) unsaved.querySelector("button").addEventListener("click", function () {
    var all = kept(), place = unsaved.querySelector("textarea");
    place.value = Object.keys(all).map(function (key) { return all[key].title + "\t" + all[key].text; }).join("\n");
    place.hidden = false;
    place.focus();
    place.select();
    try { document.execCommand("copy"); } catch (error) { /* the lines stand there, selected */ }
  });

  /* What was typed before and could not be saved: shown again, and sent only when the person says so. */
  var before = kept(), gone = {};
  Object.keys(before).forEach(function (key) {
    var input = boxes[key], old = before[key];
    if (typeof old === "string" || (input && old.text.trim() === (input.dataset.was || "").trim())) { gone[key] = null; return; }
    var line = tell(key, old.title, words.kept + " " + old.text + ".");
    if (input) {
      input.value = old.text; mark(input, "failed");
      var now = input.dataset.was;
      input.dataset.was = old.was; // so that a figure somebody entered meanwhile is not overwritten unseen
      line.appendChild(button(words.again, function () { put(input); send(); }));
      line.appendChild(button(words.drop, function () { input.dataset.was = now; back(input); }));
    } else line.appendChild(button(words.drop, function () { keep(one(key, null)); clear(key); }));
  });
  keep(gone);
  if (problems.children.length) status.textContent = words.waiting;
  if (unsaved) unsaved.hidden = !Object.keys(kept()).length;
  Object.keys(boxes).forEach(function (key) { boxes[key].setAttribute("data-ready", ""); });
})();
