// Puts a chosen figure where the cursor stands, and narrows the list while typing.
(function () {
  "use strict";
  var target = document.querySelector("[data-token-target]");
  var list = document.querySelector("[data-tokens]");
  if (!target || !list) { return; }
  list.addEventListener("click", function (event) {
    var button = event.target.closest("[data-token]");
    if (!button) { return; }
    event.preventDefault();
    var words = "{{ " + button.getAttribute("data-token") + " }}";
    var start = target.selectionStart, end = target.selectionEnd;
    target.setRangeText(words, start, end, "end");
    target.focus();
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }
  var none = list.querySelector("[data-tokens-none]");
  var box = document.querySelector("[data-token-filter]");
  if (box) {
    box.hidden = false;
    box.querySelector("input").addEventListener("input", function (event) {
      var wanted = plain(event.target.value.trim());
      list.querySelectorAll("li").forEach(function (item) {
        item.hidden = wanted !== "" && plain(item.textContent).indexOf(wanted) < 0;
      });
      list.querySelectorAll("ul").forEach(function (group) {
        var shown = group.querySelector("li:not([hidden])") !== null;
        group.hidden = !shown;
        group.previousElementSibling.hidden = !shown;
      });
      none.hidden = list.querySelector("li:not([hidden])") !== null;
    });
  }
}());
