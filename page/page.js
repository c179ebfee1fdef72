"use strict";
// The script of the page: reads files and the form, and shows the answers of the module. All HTML that is set here
// comes from the module, which escapes text from documents.

const $ = id => document.getElementById(id);
const MAX_BYTES = 2 ** 28 + 1; // one more than the module accepts, so that it reports the limit

/* The worker ------------------------------------------------------------------------------------------------------ */

const workerSource = URL.createObjectURL(new Blob([$("worker").textContent], { type: "text/javascript" }));
const moduleBytes = unpack($("module").textContent);
let worker, waiting = new Map(), nextId = 0;

async function unpack(text) {
  const packed = Uint8Array.from(atob(text.trim()), character => character.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function startWorker() {
  const started = worker = new Worker(workerSource);
  started.onmessage = ({ data: { id, answer, archive, crash } }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    showProgress();
    if (crash === undefined) return resolve?.({ ...answer, archive });
    stopWorker();
    reject?.(new Error(`poolpair stopped unexpectedly (${crash}); this is a bug: report it with this message`));
  };
  started.onerror = event => stopWorker(`the worker cannot run: ${event.message}`);
  started.postMessage({ module: await moduleBytes });
}

function stopWorker(reason = "stopped") {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject(new Error(reason));
  waiting.clear();
  showProgress();
}

// Sends a task to the module; `files` are `{ name, bytes }`.
async function ask(what, task, files) {
  if (!worker) await startWorker();
  const id = nextId++;
  const answered = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  say(what);
  showProgress();
  worker.postMessage({ id, task, names: files.map(file => file.name), files: files.map(file => file.bytes) });
  return answered;
}

function showProgress() {
  $("progress").hidden = waiting.size === 0;
}

function say(text) {
  $("status").textContent = text;
}

/* Files ----------------------------------------------------------------------------------------------------------- */

async function read(file) {
  try {
    return { name: file.name, bytes: await file.slice(0, MAX_BYTES).arrayBuffer() };
  } catch (error) {
    throw new Error(`${file.name} cannot be read: ${error.message}`);
  }
}

function save(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Shows an answer or an error in an element.
function show(element, html) {
  element.innerHTML = html;
}

function goToFindings() {
  $("findings").focus({ preventScroll: true });
  $("findings-heading").scrollIntoView();
}

function showFailure(element, error) {
  element.replaceChildren(Object.assign(document.createElement("p"), { className: "verdict bad", textContent: error.message }));
  say(error.message);
}

/* The topology ---------------------------------------------------------------------------------------------------- */

let topology, bundle, unsaved = false, edition = 0;

async function open(file) {
  if (!file) return;
  try {
    const read_ = await read(file);
    const answer = await ask(`Reading ${file.name}`, { name: "inspect" }, [read_]);
    if (!answer.ok) {
      show($("findings"), answer.html);
      say(`${file.name} cannot be read` + (topology ? `; ${topology.name} is still open` : ""));
      return goToFindings();
    }
    topology = read_;
    show($("overview"), answer.html);
    show($("findings"), "<p class=\"faint\">Nothing yet: choose the pools, and plan.</p>");
    for (const select of [$("pool"), $("backup")]) fill(select, answer.pools);
    $("request").hidden = false;
    changed();
    say(`${file.name} is open`);
    choosePool();
  } catch (error) {
    showFailure($("findings"), error);
    $("topology").value = ""; // so that the same file can be chosen again
  }
}

// Sets the options of a select to pools, and keeps the selection if possible.
function fill(select, pools) {
  const chosen = select.value;
  select.replaceChildren(new Option("Choose a pool", ""), ...pools.map(pool => new Option(pool, pool)));
  select.value = pools.includes(chosen) ? chosen : "";
}

async function choosePool() {
  showFacts();
  const pool = $("pool").value;
  for (const option of $("backup").options) option.disabled = option.value !== "" && option.value === pool;
  if ($("backup").value === pool) $("backup").value = "";
  $("partners-details").hidden = pool === "";
  if (pool === "") return;
  try {
    const answer = await ask(`Looking for partners of ${pool}`, { name: "partners", pool }, [topology]);
    if (pool !== $("pool").value) return;
    show($("partners"), answer.html);
    group($("backup"), new Set(answer.eligible));
    say(answer.ok ? `${answer.eligible.length} eligible for ${pool}` : "");
  } catch (error) {
    showFailure($("partners"), error);
  }
}

// Sorts the options, and keeps the selection.
function group(select, eligible) {
  const [none, ...options] = select.options;
  const chosen = select.value;
  const part = (label, keep) => {
    const part = Object.assign(document.createElement("optgroup"), { label });
    part.append(...options.filter(option => !option.disabled && eligible.has(option.value) === keep));
    return part;
  };
  const own = options.filter(option => option.disabled);
  select.replaceChildren(none, ...[part("Eligible", true), part("Not eligible as they are", false)].filter(part => part.children.length), ...own);
  select.value = chosen;
}

/* The form -------------------------------------------------------------------------------------------------------- */

const facts = new Map(); // the declared facts by pool name; kept when another pool is chosen

const isPairing = () => document.querySelector("[name=action]:checked").value === "pair";
const chosenPools = () => (isPairing() ? [$("pool").value, $("backup").value] : [$("pool").value]).filter(Boolean);

function showFacts() {
  const shown = chosenPools().map(pool => {
    if (!facts.has(pool)) {
      const part = $("facts-of").content.cloneNode(true).firstElementChild;
      part.querySelector("legend").textContent = pool;
      facts.set(pool, part);
    }
    return facts.get(pool);
  });
  $("facts").replaceChildren(...shown);
}

function factsOf(pool) {
  const values = {};
  for (const { dataset: { fact }, value } of facts.get(pool).querySelectorAll("[data-fact]"))
    if (value.trim() !== "") values[fact] = value.trim();
  for (const number of ["users", "branch-users"]) if (/^\d+$/.test(values[number])) values[number] = Number(values[number]);
  if (values.deployed) values.deployed = values.deployed === "true";
  const { installer, build, ...rest } = values;
  if (installer === "none") rest["cumulative-update"] = "none";
  else if (installer || build) rest["cumulative-update"] = { ...(installer && { installer }), ...(build && { build }) };
  return Object.keys(rest).length ? [{ fqdn: pool, ...rest }] : [];
}

// The form as a request file.
function request() {
  const voice = { automatic: $("automatic").checked };
  for (const interval of ["failure-detection", "failback"]) {
    const value = $(interval).value.trim();
    if (value !== "") voice[interval] = /^\d+$/.test(value) ? Number(value) : value;
  }
  const [pool, backup] = [$("pool").value, $("backup").value];
  const pair = { pools: [pool, backup], "voice-failover": voice, ...($("replace").checked && { replace: true }) };
  const allow = [...$("allow").querySelectorAll("input")].filter(input => input.value.trim() !== "");
  return {
    ...(isPairing() ? { pair: [pair] } : { unpair: [{ pool }] }),
    ...($("origin").value && { origin: $("origin").value }),
    ...($("accept").checked && { "accept-unverified-notation": true }),
    pool: chosenPools().flatMap(factsOf),
    allow: allow.map(input => ({ rule: input.dataset.rule, reason: input.value.trim() })),
  };
}

// Adds a reason field for each rule that can be allowed, if there is none yet.
function offerReasons(rules) {
  for (const rule of rules) {
    if ($("allow").querySelector(`[data-rule="${rule}"]`)) continue;
    const label = document.createElement("label");
    const name = Object.assign(document.createElement("code"), { textContent: rule });
    const input = document.createElement("input");
    input.dataset.rule = rule;
    label.append("Accept ", name, " for this reason ", input);
    $("allow").append(label);
  }
}

// The plan is out of date after a change of the form.
function changed() {
  edition++;
  $("download").disabled = $("save-request").disabled = true;
  $("stale").hidden = !bundle;
}

/* The plan -------------------------------------------------------------------------------------------------------- */

async function plan() {
  const missing = ["pool", ...(isPairing() ? ["backup"] : [])].find(id => $(id).value === "");
  if (missing) {
    showFailure($("findings"), new Error(missing === "pool" ? "choose a pool" : "choose its backup pool"));
    return $(missing).focus();
  }
  const planned = edition;
  try {
    const notation = await Promise.all([...$("notation").files].map(read));
    const answer = await ask("Planning", { name: "plan", request: request() }, [topology, ...notation]);
    if (planned !== edition) return say("the form was changed while planning: plan again");
    show($("findings"), answer.html);
    linkRules();
    offerReasons(answer.allowable);
    bundle = answer.ok ? answer : undefined;
    $("result").hidden = !bundle;
    $("stale").hidden = true;
    $("save-request").disabled = answer.request === "";
    $("save-request").onclick = () => save("request.toml", answer.request, "application/toml");
    $("download").disabled = !bundle;
    say($("findings").querySelector(".verdict, .message")?.textContent ?? "");
    goToFindings();
    if (!bundle) return;
    unsaved = true;
    $("review").srcdoc = bundle.page;
    URL.revokeObjectURL($("review-tab").href);
    $("review-tab").href = URL.createObjectURL(new Blob([bundle.page], { type: "text/html" }));
  } catch (error) {
    showFailure($("findings"), error);
  }
}

// Follows fragment links in a frame without its own URL. No script runs in the frame.
function followLinks({ contentDocument: shown }) {
  shown.addEventListener("click", event => {
    const place = event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
    if (place === undefined) return;
    event.preventDefault();
    shown.getElementById(place)?.scrollIntoView();
  });
}

function download() {
  save("bundle.zip", bundle.archive, "application/zip");
  unsaved = false;
  say("bundle.zip is saved");
}

/* More than a plan ------------------------------------------------------------------------------------------------ */

// Runs the task of a form: its id names the task, its files are sent in order, and its other fields are parameters.
async function run(form) {
  const result = form.querySelector("[role=region]");
  const fields = [...form.elements];
  const parameters = fields.filter(field => field.name).map(field => [field.name, field.value.trim()]);
  try {
    const files = await Promise.all(fields.flatMap(field => [...field.files ?? []]).map(read));
    const answer = await ask(`Working: ${form.id}`, { name: form.id, ...Object.fromEntries(parameters) }, files);
    show(result, answer.html);
    result.append(offers(form.id, answer));
    say("");
  } catch (error) {
    showFailure(result, error);
  }
}

// Links the name of a finding's rule to the page of the rule.
function linkRules() {
  for (const name of $("findings").querySelectorAll("strong.severity + code")) {
    const link = Object.assign(document.createElement("a"), { href: "#explain" });
    link.addEventListener("click", () => {
      $("explain-rule").value = name.textContent;
      $("explain").requestSubmit();
    });
    name.replaceWith(link);
    link.append(name);
  }
}

// A download button for each file of an answer.
function offers(name, { archive, page, request }) {
  const files = [
    [`${name}.zip`, archive, "application/zip"],
    [`${name}.html`, page, "text/html"],
    ["request.toml", request, "application/toml"],
  ];
  const buttons = files.filter(([, content]) => content).map(([file, content, type]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `Save ${file}` });
    button.addEventListener("click", () => save(file, content, type));
    return button;
  });
  const row = Object.assign(document.createElement("p"), { className: "buttons" });
  row.append(...buttons);
  return row;
}

/* What the user does ---------------------------------------------------------------------------------------------- */

function submitted(form, action) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    action();
  });
}

$("topology").addEventListener("change", () => open($("topology").files[0]));
$("form").addEventListener("input", changed);
$("pool").addEventListener("change", choosePool);
$("backup").addEventListener("change", showFacts);
for (const radio of document.querySelectorAll("[name=action]"))
  radio.addEventListener("change", () => {
    for (const part of document.querySelectorAll(".pairing")) part.hidden = !isPairing() || (part.id === "partners-details" && $("pool").value === "");
    showFacts();
  });
submitted($("form"), plan);
for (const form of document.querySelectorAll("form.card")) submitted(form, () => run(form));
$("review").addEventListener("load", () => followLinks($("review")));
$("download").addEventListener("click", download);
$("stop").addEventListener("click", () => stopWorker());

// A file dropped outside a field must not replace the page.
const isField = event => event.target.matches?.("input[type=file]");
addEventListener("dragover", event => isField(event) || (event.preventDefault(), $("drop").classList.add("over")));
addEventListener("dragleave", () => $("drop").classList.remove("over"));
addEventListener("drop", event => {
  $("drop").classList.remove("over");
  if (isField(event)) return;
  event.preventDefault();
  open(event.dataTransfer.files[0]);
});
addEventListener("beforeunload", event => unsaved && event.preventDefault());

$("unsupported").hidden = "DecompressionStream" in window && "WebAssembly" in window;
