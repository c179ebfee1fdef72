"use strict";
// Runs the module: the first message is the module, every other one a task with its files.
let start;
const module = new Promise(resolve => { start = resolve; });
// The module imports a random number source for encrypted archives, which is never called.
const never = new Proxy({}, { get: () => () => { throw new Error("the module calls what it never needs"); } });
const imports = new Proxy({}, { get: () => never });
const encode = new TextEncoder(), decode = new TextDecoder();

onmessage = async ({ data }) => {
  if (data.module) {
    return start(WebAssembly.instantiate(data.module, imports).then(({ instance }) => instance.exports));
  }
  try {
    postMessage({ id: data.id, ...run(await module, data) });
  } catch (error) {
    postMessage({ id: data.id, crash: String(error) });
  }
};

function run({ memory, input, run, output, output_length }, { task, names, files }) {
  for (const bytes of [encode.encode(JSON.stringify({ task, names })), ...files.map(file => new Uint8Array(file))]) {
    const place = input(bytes.length);
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
  }
  const outputs = Array.from({ length: run() }, (_, index) => memory.buffer.slice(output(index) >>> 0, (output(index) >>> 0) + output_length(index)));
  return { answer: JSON.parse(decode.decode(outputs[0])), archive: outputs[1] };
}
