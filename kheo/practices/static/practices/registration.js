/* The registration form: find a unit by typing, mark filled parts, show the draft's address once it exists.
   Without script the list, the form and "Save draft" work the same. */
(function () {
  "use strict";
  var all = function (selector, scope) { return Array.prototype.slice.call((scope || document).querySelectorAll(selector)); };
  var fold = function (text) { return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim(); };

  all("[data-picker]").forEach(function (box) {
    var select = box.querySelector("select");
    if (!select || select.options.length < 12) return;
    var group = select.closest(".govuk-form-group");
    var label = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("p");
    input.type = "search"; input.className = "govuk-input practices-picker__box"; input.id = select.id + "-find"; input.autocomplete = "off";
    label.htmlFor = input.id; label.className = "govuk-label"; label.textContent = box.dataset.pickerLabel;
    count.className = "practices-picker__count"; count.setAttribute("aria-live", "polite");
    [label, input, count].forEach(function (part) { group.insertBefore(part, select); });
    var whole = select.innerHTML;
    var filter = function () {
      var words = fold(input.value).split(" ").filter(Boolean);
      var chosen = select.value;
      select.innerHTML = whole;
      if (!words.length) { select.value = chosen; count.textContent = ""; return; }
      var left = 0, only = "";
      all("option", select).forEach(function (option) {
        var ward = option.parentNode.label || "";
        var text = fold(option.textContent + " " + ward);
        if (!option.value || words.every(function (word) { return text.indexOf(word) >= 0; })) { if (option.value) { left += 1; only = option.value; } } else if (option.value !== chosen) option.remove();
      });
      all("optgroup", select).forEach(function (ward) { if (!ward.children.length) ward.remove(); });
      select.value = left === 1 && !chosen ? only : chosen;
      if (select.value !== chosen) select.dispatchEvent(new Event("input", { bubbles: true }));
      count.textContent = left ? left + " " + box.dataset.pickerFound : box.dataset.pickerNone;
    };
    input.addEventListener("input", function (event) { event.stopPropagation(); filter(); });
    input.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
  });

  var form = document.querySelector("form[data-registration]");
  if (!form) return;
  var links = all("[data-toc] a");
  var mark = function () {
    links.forEach(function (link) {
      var section = document.getElementById(link.hash.slice(1));
      if (!section) return;
      var texts = all("textarea, input[type=text], input[type=email]", section);
      var radios = all("input[type=radio]", section);
      var picked = all("select", section).some(function (field) { return field.value && !field.closest("[data-row]"); });
      var written = texts.some(function (field) { return field.value.trim(); });
      var needsChoice = radios.length && link.hash === "#muc-1";
      var done = (written || (link.hash === "#muc-0" && picked)) && (!needsChoice || radios.some(function (field) { return field.checked; }));
      link.classList.toggle("is-done", Boolean(done));
    });
  };
  var timer = 0;
  form.addEventListener("input", function () { window.clearTimeout(timer); timer = window.setTimeout(mark, 400); });
  form.addEventListener("change", mark);
  mark();

  /* The secret address appears once the first autosave has succeeded. */
  var address = document.querySelector("[data-draft-address][hidden]");
  var status = form.querySelector("[data-autosave-status]");
  if (address && status && window.MutationObserver) {
    new MutationObserver(function () {
      if (status.dataset.saved && status.textContent.indexOf(status.dataset.saved) === 0) address.hidden = false;
    }).observe(status, { childList: true, characterData: true, subtree: true });
  }
  var notice = document.getElementById("alike");
  if (notice) notice.focus();
})();
