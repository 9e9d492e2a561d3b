/* Counts one page view. Sends the page's token and the host that referred, nothing else. */
(function () {
  "use strict";
  var own = document.currentScript;
  if (!own || navigator.webdriver) return;
  var query = "?p=" + encodeURIComponent(own.dataset.token) + "&j=1&r=" + encodeURIComponent(referrer());

  function referrer() {
    try {
      return document.referrer ? new URL(document.referrer).hostname : "";
    } catch (error) {
      return "";
    }
  }

  function send() {
    var sent = false;
    try {
      sent = !!navigator.sendBeacon && navigator.sendBeacon(own.dataset.address + query);
    } catch (error) {
      sent = false;
    }
    if (!sent) new Image().src = own.dataset.picture.split("?")[0] + query;
  }

  if (document.prerendering) document.addEventListener("prerenderingchange", send, { once: true });
  else send();
})();
