/* Advice on the text of the edit form: sends the form as it stands, shows the answer. */
(function () {
  "use strict";
  var inserter = null;
  function ask(panel) {
    var form = panel.closest("form");
    var answer = panel.querySelector("[data-news-advice-answer]");
    if (!form || !answer) return;
    answer.textContent = panel.dataset.asking;
    var token = form.querySelector("[name=csrfmiddlewaretoken]");
    fetch(panel.dataset.url, {
      method: "POST", body: new FormData(form), credentials: "same-origin",
      headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "XMLHttpRequest" }
    }).then(function (response) {
      if (!response.ok) throw new Error(response.status);
      return response.text();
    }).then(function (html) { answer.innerHTML = html; }).catch(function () { answer.textContent = panel.dataset.failed; });
  }
  /* A table of a word processor comes in as a line for each cell: say where tables belong. */
  document.addEventListener("paste", function (event) {
    var panel = document.querySelector("[data-news-advice]");
    var html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    if (!panel || !/<table[\s>]/i.test(html) || !event.target.closest("[contenteditable=true]")) return;
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text: panel.dataset.table, type: "warning", clear: true } }));
  }, true);
  /* A text that the server would refuse as too large is not sent: it stays in the form, with the reason. */
  function tooLarge(form, most) {
    var size = 0;
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") size += name.length + new Blob([value]).size + 150;
    });
    return size > most;
  }
  document.addEventListener("submit", function (event) {
    var panel = event.target.querySelector && event.target.querySelector("[data-news-advice]");
    if (!panel || !tooLarge(event.target, Number(panel.dataset.most))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text: panel.dataset.large, type: "error", clear: true } }));
  }, true);
  /* The list of parts opens beside its button: the keyboard goes on in it, typing narrows it. */
  document.addEventListener("click", function (event) {
    var plus = event.target.closest(".c-sf-add-button");
    if (!plus) return;
    inserter = plus.parentElement;
    window.setTimeout(function () {
      var field = inserter.querySelector("[role=combobox]");
      if (field) field.focus();
    }, 100);
  });
  /* A part whose first control is no field (picture, gallery, file) does not take the focus by itself. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !inserter || event.target.getAttribute("role") !== "combobox") return;
    window.setTimeout(function () {
      var part = inserter.nextElementSibling;
      var first = part && document.activeElement === document.body ? part.querySelector("[data-chooser-action-choose], input:not([type=hidden])") : null;
      if (first) first.focus();
    }, 600);
  });
  /* Fields that have only the name of their part above them say it to a screen reader too. */
  document.addEventListener("focusin", function (event) {
    var field = event.target;
    if (!field.matches("[data-streamfield-child] [role=textbox], [data-streamfield-child] input[type=text], [data-streamfield-child] textarea")) return;
    if (field.getAttribute("aria-label") || field.getAttribute("aria-labelledby") || (field.labels && field.labels.length)) return;
    var heading = field.closest("[data-streamfield-child]").querySelector(".c-sf-block__type");
    if (heading) field.setAttribute("aria-label", heading.textContent.trim());
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-news-advice-ask]");
    if (button) ask(button.closest("[data-news-advice]"));
  });
})();
