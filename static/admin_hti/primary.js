// Ticking one row as the primary one takes the tick from the row that had it.
document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.checked) return;
  if (!/^(locations|targets)-\d+-primary$/.test(target.name)) return;
  const rows = target.closest(".inline-group");
  rows?.querySelectorAll("input[name$='-primary']").forEach((other) => {
    if (other !== target) other.checked = false;
  });
});
