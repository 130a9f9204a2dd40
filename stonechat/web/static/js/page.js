// What pages do beyond their forms and htmx. Everything works without it.

// A menu closes when something else is clicked or Escape is pressed; focus stays where it was.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (menu !== except) menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.more")));

// Keys: n writes, / searches. Not while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  target.matches("input") ? target.focus() : target.click();
});

// The count of letters left: quiet until four fifths are used.
document.addEventListener("input", (event) => {
  const limit = Number(event.target.dataset?.limit);
  const count = event.target.form?.querySelector("[data-count]");
  if (!limit || !count) return;
  const used = [...new Intl.Segmenter().segment(event.target.value)].length;
  count.textContent = used > limit * 0.8 ? `${limit - used}` : "";
  count.classList.toggle("over", used > limit);
});

// A failure leaves the page as it was, and says so.
const toasts = document.querySelector(".toasts");
const say = (sentence) => {
  const toast = document.createElement("p");
  toast.textContent = sentence;
  toasts?.replaceChildren(toast);
  setTimeout(() => toast.remove(), 6000);
};
document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  const plain = answer.getResponseHeader("Content-Type")?.startsWith("text/plain");
  say(plain ? answer.responseText : toasts.dataset.failed);
});
document.addEventListener("htmx:sendError", () => say(toasts.dataset.failed));
