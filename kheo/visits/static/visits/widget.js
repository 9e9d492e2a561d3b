/* Fills the counter from /truy-cap/so-lieu.json; without it the picture and the link stay. */
(function () {
  "use strict";
  function write(number) {
    return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  }

  document.querySelectorAll("[data-visits]").forEach(function (box) {
    fetch(box.dataset.visits, { credentials: "omit" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      })
      .then(function (found) {
        box.querySelectorAll("[data-figure]").forEach(function (row) {
          var key = row.dataset.figure;
          row.querySelector("dd").textContent = write(found[key].views);
          row.querySelector("[data-dates]").textContent = found.labels[key].replace(/^[^(]*/, "");
        });
        box.querySelector("[data-list]").hidden = false;
      })
      .catch(function () {
        box.querySelector("[data-failed]").hidden = false;
      });
  });
})();
