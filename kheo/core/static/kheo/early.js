/* Runs before the page is drawn, so that the chosen text size does not jump in. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("kheo-script");
  try {
    var size = window.localStorage.getItem("kheo-text-size");
    if (size === "1" || size === "2") root.setAttribute("data-text-size", size);
  } catch (error) {
    /* Storage may be switched off; the page then keeps its normal size. */
  }
})();
