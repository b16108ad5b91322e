// Survey (Fragebogen): how many questions are answered is said as one goes, and an answer can be taken back.

const surveys = () => document.querySelectorAll("form[data-survey]");

document.addEventListener("input", ({ target }) => {
  const survey = target.closest?.("form[data-survey]");
  if (survey) count(survey);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("form[data-survey] [data-clear] button");
  if (button) clear(button.closest("[data-question]"));
});
document.addEventListener("patched", () => surveys().forEach(count));

const says = (control) =>
  control.matches("[type=radio], [type=checkbox]") ? control.checked && control.value !== "" : control.value.trim() !== "";
const controlsOf = (question) => [...question.querySelectorAll("input, select, textarea")];
const isAnswered = (question) => controlsOf(question).some(says);

function count(survey) {
  const questions = [...survey.querySelectorAll("[data-question]")];
  const words = `${questions.filter(isAnswered).length} von ${questions.length} beantwortet`;
  const place = survey.querySelector("[data-progress]");
  if (place.textContent !== words) place.textContent = words;
  place.hidden = false;
  for (const question of questions) question.querySelector("[data-clear]")?.toggleAttribute("hidden", !isAnswered(question));
}

function clear(question) {
  const said = controlsOf(question).filter(says);
  for (const control of said) {
    if (control.matches("[type=radio], [type=checkbox]")) control.checked = false;
    else control.value = "";
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  said[0]?.focus();
}

surveys().forEach(count);
