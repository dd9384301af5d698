// A button that copies a text of the page; without this the text can be marked by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).innerText.trim();
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  });
}
