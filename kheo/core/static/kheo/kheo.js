/* Khéo: what pages gain from script. Every page works without it.
   Behaviour hangs on data attributes; words come from data attributes too, already translated. */
(function () {
  "use strict";

  var all = function (selector, scope) { return Array.prototype.slice.call((scope || document).querySelectorAll(selector)); };
  var pad = function (number) { return (number < 10 ? "0" : "") + number; };
  var clock = function (date) { return pad(date.getHours()) + ":" + pad(date.getMinutes()); };
  var store = {
    get: function (key) { try { return window.localStorage.getItem(key); } catch (error) { return null; } },
    set: function (key, value) { try { window.localStorage.setItem(key, value); return true; } catch (error) { return false; } },
    drop: function (key) { try { window.localStorage.removeItem(key); } catch (error) { /* nothing to drop */ } },
    keys: function () { try { return Object.keys(window.localStorage); } catch (error) { return []; } }
  };

  /* ---- Head: text size, menus ------------------------------------------- */
  function textSize() {
    all("[data-text-size-control]").forEach(function (control) {
      control.hidden = false;
      var buttons = all("button[data-size]", control);
      var mark = function () {
        var now = document.documentElement.getAttribute("data-text-size") || "0";
        buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.size === now)); });
      };
      buttons.forEach(function (button) {
        button.addEventListener("click", function () {
          document.documentElement.setAttribute("data-text-size", button.dataset.size);
          store.set("kheo-text-size", button.dataset.size);
          mark();
        });
      });
      mark();
    });
  }

  /* A filter panel opens as the person left it on this list; what is set stands beside it as chips. */
  function filters() {
    all("details[data-filter]").forEach(function (box) {
      var key = "kheo-filter:" + window.location.pathname;
      var left = store.get(key);
      if (left !== null) box.open = left === "1";
      box.querySelector("summary").addEventListener("click", function () {
        store.set(key, box.open ? "0" : "1");  // before it turns
      });
    });
  }

  function menus() {
    all("[data-menu-button]").forEach(function (button) {
      var menu = document.getElementById(button.getAttribute("aria-controls"));
      if (!menu) return;
      button.hidden = false;
      button.addEventListener("click", function () {
        var open = menu.classList.toggle("is-open");
        button.setAttribute("aria-expanded", String(open));
      });
    });
    document.addEventListener("click", function (event) {
      all("details[data-popup][open]").forEach(function (box) { if (!box.contains(event.target)) box.open = false; });
    });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      all("details[data-popup][open]").forEach(function (box) { box.open = false; box.querySelector("summary").focus(); });
    });
  }

  /* Suggestions come by htmx; here: a combobox with a list. Arrows choose, Enter opens, Escape, Tab and leaving close. */
  function suggestions() {
    all("form[data-suggest]").forEach(function (form) {
      var box = form.querySelector("[data-suggestions]");
      var input = form.querySelector("input[type=search]");
      var chosen = -1;
      var close = function () { box.textContent = ""; };
      var options = function () { return all("[role=option]", box); };
      var choose = function (at) {
        chosen = at;
        options().forEach(function (option, n) { option.setAttribute("aria-selected", n === at ? "true" : "false"); });
        if (at < 0) input.removeAttribute("aria-activedescendant");
        else { input.setAttribute("aria-activedescendant", options()[at].id); options()[at].scrollIntoView({ block: "nearest" }); }
      };
      // Without script it is a plain search box; only a text box may become a combobox.
      input.type = "text";
      input.setAttribute("enterkeyhint", "search");
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", box.id);
      input.setAttribute("aria-expanded", "false");
      new MutationObserver(function () {
        var list = box.querySelector("ul");
        if (list) list.setAttribute("role", "listbox");
        all("li", box).forEach(function (item) { item.setAttribute("role", "none"); });
        all("a", box).forEach(function (link, n) {
          link.id = box.id + "-" + n;
          link.tabIndex = -1;
          link.setAttribute("role", "option");
        });
        input.setAttribute("aria-expanded", list ? "true" : "false");
        choose(-1);
      }).observe(box, { childList: true });
      // Most readers of a public page search for nothing: htmx comes when the box is first entered. What was
      // typed before it came is asked then; when it comes between the page and its last picture it must be started.
      var fetchHtmx = function () {
        if (window.htmx || !form.dataset.htmx) return;
        var script = document.createElement("script");
        script.src = form.dataset.htmx;
        script.addEventListener("load", function () {
          window.htmx.process(form);
          if (input.value) window.htmx.trigger(input, "suggest");
        });
        document.head.appendChild(script);
      };
      if (document.activeElement === input) fetchHtmx();
      else input.addEventListener("focus", fetchHtmx, { once: true });
      input.addEventListener("keydown", function (event) {
        var many = options().length;
        if (!many || event.isComposing) return;
        if (event.key === "Tab") { close(); return; }
        if (event.key === "Escape") close();
        else if (event.key === "ArrowDown") choose(chosen + 1 < many ? chosen + 1 : -1);
        else if (event.key === "ArrowUp") choose(chosen < 0 ? many - 1 : chosen - 1);
        else if (event.key === "Enter" && chosen >= 0) options()[chosen].click();
        else return;
        event.preventDefault();
      });
      form.addEventListener("focusout", function (event) { if (!form.contains(event.relatedTarget)) window.setTimeout(close, 200); });
    });
  }

  /* ---- Small tools ------------------------------------------------------- */
  function tools(scope) {
    all("[data-print]", scope).forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
    all("[data-copy]", scope).forEach(function (button) {
      if (!navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", function () {
        var address = new URL(button.dataset.copy || window.location.href, window.location.href).href;
        navigator.clipboard.writeText(address).then(function () {
          button.querySelector("span").textContent = button.dataset.copied;
        });
      });
    });
    all("[data-upload]", scope).forEach(upload);
    all("form[data-bulk]", scope).forEach(bulk);
    all("[data-rows]", scope).forEach(rows);
    all("form[data-autosave], form[data-warn-unsaved]", scope).forEach(draft);
  }

  function upload(box) {
    var input = box.querySelector("input[type=file]");
    var note = box.querySelector("[data-upload-note]");
    if (!input || !note) return;
    input.addEventListener("change", function () {
      var limit = Number(input.dataset.maxBytes || 0);
      var large = false;
      var names = Array.prototype.map.call(input.files, function (file) {
        if (limit && file.size > limit) large = true;
        return file.name + " (" + (file.size / 1048576).toFixed(1).replace(".", ",") + " MB)";
      });
      note.textContent = names.length ? (large ? box.dataset.tooLarge + " " : box.dataset.chosen + " ") + names.join(", ") : "";
      note.classList.toggle("is-bad", large);
    });
    ["dragenter", "dragover"].forEach(function (name) { input.addEventListener(name, function () { box.classList.add("is-over"); }); });
    ["dragleave", "drop"].forEach(function (name) { input.addEventListener(name, function () { box.classList.remove("is-over"); }); });
  }

  function bulk(form) {
    var everyone = form.querySelector("[data-bulk-all]");
    var count = form.querySelector("[data-bulk-count]");
    var update = function () {
      var boxes = all("[data-bulk-one]", form);
      var chosen = boxes.filter(function (box) { return box.checked; }).length;
      if (count) count.textContent = chosen ? chosen + " " + (form.dataset.selected || "") : "";
      if (everyone) {
        everyone.checked = chosen > 0 && chosen === boxes.length;
        everyone.indeterminate = chosen > 0 && chosen < boxes.length;
      }
    };
    if (everyone) everyone.addEventListener("change", function () {
      all("[data-bulk-one]", form).forEach(function (box) { box.checked = everyone.checked; });
      update();
    });
    form.addEventListener("change", function (event) { if (event.target.matches("[data-bulk-one]")) update(); });
    update();
  }

  /* ---- Repeatable rows --------------------------------------------------- */
  function rows(box) {
    var list = box.querySelector("[data-rows-list]");
    var model = box.querySelector("template[data-rows-template]");
    var status = box.querySelector("[data-rows-status]");
    var total = document.querySelector("[name='" + box.dataset.rows + "-TOTAL_FORMS']");
    var most = document.querySelector("[name='" + box.dataset.rows + "-MAX_NUM_FORMS']");
    var add = box.querySelector("[data-rows-add]");
    if (!list || !model || !total || !add) return;
    var fold = function (row) {
      var tick = row.querySelector("[data-row-delete] input");
      if (!tick) return;
      var gone = tick.checked;
      row.querySelector(".kheo-row__fields").hidden = gone;
      return gone;
    };
    add.addEventListener("click", function (event) {
      event.preventDefault();
      var index = Number(total.value);
      if (most && index >= Number(most.value)) return;
      var holder = document.createElement("template");
      holder.innerHTML = model.innerHTML.replace(/__prefix__/g, index).replace(/__number__/g, index + 1);
      var row = holder.content.firstElementChild;
      list.appendChild(row);
      total.value = index + 1;
      start(row);
      var first = row.querySelector("input:not([type=hidden]):not([type=checkbox]), select, textarea");
      if (first) first.focus();
      if (status) status.textContent = box.dataset.rowAdded;
    });
    list.addEventListener("change", function (event) {
      if (!event.target.closest("[data-row-delete]")) return;
      var gone = fold(event.target.closest("[data-row]"));
      if (gone && status) status.textContent = box.dataset.rowRemoved;
    });
    all("[data-row]", list).forEach(fold);
  }

  /* ---- Drafts: autosave, a copy in the browser, warning before leaving ---- */
  function draft(form) {
    var address = form.dataset.autosave || "";
    var key = "kheo-draft:" + (form.id || "form") + ":" + (address || window.location.pathname);
    var status = form.querySelector("[data-autosave-status]");
    var untouched = snapshot(form);
    var state = { dirty: false, leaving: false, timer: 0, keep: 0, running: false };

    var say = function (words) { if (status) status.textContent = words; };
    var keep = function () {
      if (form.id) store.set(key, JSON.stringify({ at: Date.now(), values: snapshot(form) }));
    };
    var save = function () {
      if (!address || state.running) return;
      state.running = true;
      var sent = JSON.stringify(snapshot(form));
      say(status ? status.dataset.saving : "");
      var body = new FormData(form);
      all("input[type=file]", form).forEach(function (input) { body.delete(input.name); });
      fetch(address, { method: "POST", body: body, credentials: "same-origin", redirect: "manual", headers: { "X-Kheo-Autosave": "1" } })
        .then(function (answer) {
          if (!answer.ok) throw new Error(String(answer.status));
          var json = (answer.headers.get("Content-Type") || "").indexOf("application/json") === 0;
          return json ? answer.json() : {};
        })
        .then(function (answer) {
          say(status ? status.dataset.saved + " " + (answer.saved_at || clock(new Date())) : "");
          if (JSON.stringify(snapshot(form)) === sent) { state.dirty = false; store.drop(key); }
        })
        .catch(function () { keep(); say(status ? status.dataset.failed : ""); })
        .then(function () {
          state.running = false;
          if (state.dirty && JSON.stringify(snapshot(form)) !== sent) plan();
        });
    };
    var plan = function () { window.clearTimeout(state.timer); state.timer = window.setTimeout(save, 2000); };

    form.addEventListener("input", function () {
      state.dirty = true;
      window.clearTimeout(state.keep);
      state.keep = window.setTimeout(keep, 500);
      if (address) plan();
    });
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented) return;
      state.leaving = true;
      window.clearTimeout(state.timer);
      window.clearTimeout(state.keep);
      keep(); // Kept until a page says the form has arrived: the session may have ended.
    });
    window.addEventListener("pageshow", function () { state.leaving = false; });
    window.addEventListener("beforeunload", function (event) {
      if (form.hasAttribute("data-warn-unsaved") && state.dirty && !state.leaving) event.preventDefault();
    });
    // Coming back to the answer of a POST asks for the page anew, not for sending the form again: its words are kept.
    if (address || form.querySelector("[data-autosave-restore]")) window.history.replaceState(window.history.state, "", window.location.href);
    offer(form, key, untouched, function () { state.dirty = true; if (address) plan(); });
  }

  /* The values of a form without files and without the hidden keys of this page. */
  function snapshot(form) {
    var values = [];
    new FormData(form).forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") values.push([name, value]);
    });
    return values;
  }

  function offer(form, key, untouched, changed) {
    var box = form.querySelector("[data-autosave-restore]");
    var kept = null;
    try { kept = JSON.parse(store.get(key) || "null"); } catch (error) { store.drop(key); }
    if (!kept || !box) return;
    var week = 7 * 24 * 3600 * 1000;
    if (Date.now() - kept.at > week || JSON.stringify(kept.values) === JSON.stringify(untouched)) { store.drop(key); return; }
    var when = new Date(kept.at);
    box.querySelector("[data-autosave-when]").textContent = clock(when) + ", " + pad(when.getDate()) + "/" + pad(when.getMonth() + 1) + "/" + when.getFullYear();
    box.hidden = false;
    box.querySelector("[data-autosave-take]").addEventListener("click", function () {
      putBack(form, kept.values);
      box.hidden = true;
      store.drop(key);
      changed();
    });
    box.querySelector("[data-autosave-drop]").addEventListener("click", function () { box.hidden = true; store.drop(key); });
  }

  function putBack(form, values) {
    var wanted = {};
    values.forEach(function (pair) { (wanted[pair[0]] = wanted[pair[0]] || []).push(pair[1]); });
    all("[data-rows]", form).forEach(function (box) {
      var total = form.querySelector("[name='" + box.dataset.rows + "-TOTAL_FORMS']");
      var goal = Math.min(Number((wanted[box.dataset.rows + "-TOTAL_FORMS"] || [0])[0]), 200);
      var add = box.querySelector("[data-rows-add]");
      while (total && add && Number(total.value) < goal) {
        var before = total.value;
        add.click();
        if (total.value === before) break;
      }
    });
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "file") return;
      var given = wanted[field.name];
      if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(given && given.indexOf(field.value) >= 0);
      else if (field.type === "hidden" || field.type === "submit") return;
      else if (field.multiple && field.options) Array.prototype.forEach.call(field.options, function (option) { option.selected = Boolean(given && given.indexOf(option.value) >= 0); });
      else if (given) field.value = given.length > 1 ? given.shift() : given[0];
    });
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function forget() {
    /* A page that confirms a form drops its copy; signing out drops all of them. */
    all("[data-form-done]").forEach(function (mark) {
      store.keys().forEach(function (key) { if (key.indexOf("kheo-draft:" + mark.dataset.formDone + ":") === 0) store.drop(key); });
    });
    all("form[data-forget-drafts]").forEach(function (form) {
      form.addEventListener("submit", function () {
        store.keys().forEach(function (key) { if (key.indexOf("kheo-draft:") === 0) store.drop(key); });
      });
    });
  }

  /* ---- One press is enough ------------------------------------------------ */
  function submitOnce() {
    document.addEventListener("submit", function (event) {
      var button = event.submitter;
      if (event.defaultPrevented || !button || !button.hasAttribute("data-submit-once")) return;
      if (event.target.dataset.sent) { event.preventDefault(); return; }
      event.target.dataset.sent = "1";
      button.setAttribute("aria-disabled", "true");
    });
    window.addEventListener("pageshow", function () {
      all("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
      all("[data-submit-once][aria-disabled]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  }

  function start(scope) {
    if (window.GOVUKFrontend) window.GOVUKFrontend.initAll({ scope: scope || document });
    tools(scope);
  }

  document.body.classList.add("js-enabled");
  if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
  textSize();
  menus();
  filters();
  suggestions();
  submitOnce();
  start(document);
  forget();
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) start(event.target); });
})();
