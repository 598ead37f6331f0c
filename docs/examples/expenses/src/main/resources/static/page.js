import {post} from './forms.js';

const $ = selector => document.querySelector(selector);

// The board is a part of the page that the server renders; events say when it has changed.
async function refresh() {
  const response = await fetch('/board');
  if (response.status === 401) return location.assign('/login');
  if (!response.ok) return;
  const before = new Set([...document.querySelectorAll('.expenses li')].map(it => it.id));
  $('#board').innerHTML = await response.text();
  for (const item of document.querySelectorAll('.expenses li')) {
    if (!before.has(item.id)) item.classList.add('new');
  }
}

function badge(text) {
  $('#live').textContent = text;
  $('#live').className = `badge ${text}`;
}

const changes = new EventSource('/changes');
changes.onopen = () => { badge('live'); refresh(); };
changes.onmessage = refresh;
changes.onerror = () => badge('reconnecting');

$('#new [name=day]').valueAsDate = new Date();
$('#new').addEventListener('submit', async event => {
  event.preventDefault();
  const form = event.target;
  const fields = new FormData(form);
  const receipt = fields.get('receipt');
  const expense = {
    day: fields.get('day'),
    merchant: fields.get('merchant'),
    category: fields.get('category'),
    amount: Number(fields.get('amount')),
  };
  const created = await post(form, JSON.stringify(expense));
  if (!created) return;
  if (receipt.size) {
    const upload = new FormData();
    upload.set('receipt', receipt);
    if (!await post(form, upload, `/expenses/${(await created.json()).id}/receipt`)) return;
  }
  for (const name of ['merchant', 'amount', 'receipt']) form.elements[name].value = '';
});

$('#board').addEventListener('click', event => {
  const id = event.target.dataset.delete;
  if (id) fetch(`/expenses/${id}`, {method: 'DELETE'});
});

$('#token').addEventListener('click', async event => {
  const response = await fetch('/token', {method: 'POST'});
  event.target.nextElementSibling.textContent = await response.text();
});

function chat() {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/chat`);
  const say = $('#say');
  socket.onopen = () => { say.querySelector('button').disabled = false; };
  socket.onmessage = ({data}) => {
    const {by, text} = JSON.parse(data);
    const line = document.createElement('li');
    const name = document.createElement('b');
    name.textContent = by;
    line.append(name, ` ${text}`);
    $('#lines').append(line);
    line.scrollIntoView({block: 'nearest'});
  };
  socket.onclose = () => {
    say.querySelector('button').disabled = true;
    setTimeout(chat, 2000);
  };
  say.onsubmit = event => {
    event.preventDefault();
    socket.send(say.elements.text.value);
    say.reset();
  };
}
chat();
