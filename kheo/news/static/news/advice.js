/* Advice on the text of the edit form: sends the form as it stands, shows the answer. */
(function () {
  "use strict";
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
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-news-advice-ask]");
    if (button) ask(button.closest("[data-news-advice]"));
  });
})();
