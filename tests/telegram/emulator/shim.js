// telegram-test-api with its faults mended: what python-telegram-bot needs to start, and what Telegram does besides.
// node shim.js PORT; NODE_PATH names the folder of installed modules. Prints "ready" when it listens.
'use strict';
const axios = require('axios');
const express = require('express');
const { TelegramServer } = require('telegram-test-api/lib/telegramServer');

const port = Number(process.argv[2]);
const server = new TelegramServer({ port, host: '127.0.0.1' });
const ok = (result) => (_request, response) => response.json({ ok: true, result });
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// a callback query says which chat it belongs to
const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const made = formatUpdate(update);
  if (made.callback_query) made.callback_query.chat_instance = String(made.callback_query.message.chat.id);
  return made;
};

// dates are in seconds
const addBotMessage = server.addBotMessage.bind(server);
server.addBotMessage = (message, token) => {
  const made = addBotMessage(message, token);
  return { ...made, date: Math.floor(made.date / 1000) };
};

// the webhook is told its secret, and asked again until it has taken the update
const addUserUpdate = server.addUserUpdate.bind(server);
server.addUserUpdate = async (update) => {
  const hook = server.webhooks[update.botToken];
  if (!hook) return addUserUpdate(update);
  server.updateId += 1;
  const headers = { 'X-Telegram-Bot-Api-Secret-Token': hook.secret_token || '' };
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await axios.default.post(hook.url, TelegramServer.formatUpdate(update), { headers });
    } catch (away) {
      await wait(200);
    }
  }
  throw new Error('the webhook never took the update');
};

const front = express();
front.all('/bot:token/getMe', ok({
  id: 666, is_bot: true, first_name: 'Một Cửa', username: 'TestNameBot', supports_inline_queries: false,
}));
for (const method of ['setMyCommands', 'deleteMyCommands', 'setMyDescription', 'setMyShortDescription',
  'sendChatAction']) {
  front.all(`/bot:token/${method}`, ok(true));
}
// long polling
front.all('/bot:token/getUpdates', async (request, response) => {
  const end = Date.now() + 2000;
  let found = server.getUpdates(request.params.token);
  while (!found.length && Date.now() < end) {
    await wait(20);
    found = server.getUpdates(request.params.token);
  }
  response.json({ ok: true, result: found });
});
front.use(server.webServer);
server.webServer = front;
front.settings.env = 'test';
server.start().then(() => console.log('ready'));
