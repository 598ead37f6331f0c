// Posts a form, and shows at its fields what a problem document says of them (RFC 9457).
export async function post(form, body, url = form.action) {
  const output = form.querySelector('output');
  const inputs = [...form.querySelectorAll('[name]')];
  for (const input of inputs) input.setCustomValidity('');
  output.textContent = '';
  const headers = {Accept: 'application/problem+json, */*'};
  if (typeof body === 'string') headers['Content-Type'] = 'application/json';
  const response = await fetch(url, {method: 'POST', headers, body}).catch(() => null);
  if (response?.ok) return response;
  const problem = (await response?.json().catch(() => null)) ?? {detail: 'The server does not answer.'};
  const others = [];
  for (const error of problem.errors ?? []) {
    const name = error.parameter ?? error.pointer?.slice('#/'.length);
    const input = inputs.find(it => it.name === name);
    if (input) input.setCustomValidity(error.detail);
    others.push(`${name}: ${error.detail}`);
  }
  output.textContent = others.length ? others.join('; ') : problem.detail;
  form.reportValidity();
  form.addEventListener('input', () => inputs.forEach(it => it.setCustomValidity('')), {once: true});
  return null;
}

for (const form of document.querySelectorAll('.entrance form')) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const response = await post(form, new URLSearchParams(new FormData(form)));
    if (response) location.assign(response.url);
  });
}
