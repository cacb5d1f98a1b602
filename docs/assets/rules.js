// Narrows the list of rules down. Without a script the list is there as a whole.
(function () {
  "use strict";
  const box = document.getElementById("narrow");
  if (!box) return;
  const rows = Array.from(document.querySelectorAll("ul.rules > li"));
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const CHOICES = [
    ["dialects", "every dialect", ["harness", "vela"]],
    ["family", "every family", Array.from(new Set(rows.map((row) => row.dataset.family)))],
    ["level", "every level", ["error", "warning", "info", "off"]],
    ["fix", "with and without a fix", ["safe", "unsafe"]],
  ];

  const text = document.createElement("input");
  text.type = "search";
  text.placeholder = "Words of a name or a summary";
  text.setAttribute("aria-label", "Narrow the list down");
  box.append(text);
  const selects = CHOICES.map(([key, every, values]) => {
    const select = document.createElement("select");
    select.name = key;
    select.setAttribute("aria-label", key);
    select.append(new Option(every, ""), ...values.map((value) => new Option(label(key, value), value)));
    box.append(select);
    return select;
  });
  const count = document.createElement("output");
  box.append(count);
  box.hidden = false;

  function label(key, value) {
    if (key === "fix") return value + " fix";
    if (key === "dialects") return value[0].toUpperCase() + value.slice(1);
    return value === "off" ? "off by default" : value;
  }

  function matches(row) {
    const wanted = text.value.toLowerCase().split(/\s+/);
    return (
      wanted.every((word) => words.get(row).includes(word)) &&
      selects.every((one) => !one.value || row.dataset[one.name].split(" ").includes(one.value))
    );
  }

  function narrow() {
    for (const row of rows) row.hidden = !matches(row);
    for (const list of document.querySelectorAll("ul.rules")) {
      const empty = !list.querySelector("li:not([hidden])");
      for (let at = list; at; at = at.tagName === "H2" ? null : at.previousElementSibling) at.hidden = empty;
    }
    count.textContent = rows.filter((row) => !row.hidden).length + " of " + rows.length + " rules";
    remember();
  }

  // The address remembers what was chosen, so that a list can be sent to somebody.
  function remember() {
    const asked = new URLSearchParams();
    if (text.value) asked.set("text", text.value);
    for (const one of selects) if (one.value) asked.set(one.name, one.value);
    const query = asked.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  const asked = new URLSearchParams(location.search);
  text.value = asked.get("text") || "";
  for (const one of selects) one.value = asked.get(one.name) || "";
  box.addEventListener("input", narrow);
  narrow();
})();
