// Writes the plan of a year, and goes on to its form.
document.getElementById("new-plan")?.addEventListener("click", async ({ target }) => {
  if (!target.matches("button")) return;
  const { association, year } = target.parentElement.dataset;
  const answer = await fetch("/_visa/ny-plan", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ association, year: Number(year), repeats_last: Boolean(target.dataset.repeats) }),
  });
  const { said, address } = await answer.json();
  if (address) location.assign(address);
  else document.getElementById("form-status").textContent = said;
});
