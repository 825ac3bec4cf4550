// A short-message centre of the npm package `smpp`, which knows nothing of our client. It prints its port, gives a
// receipt for each part, and a phone that got the last part of a message answers at length, twice the same.
const smpp = require('smpp');
const ANSWER = 'Merci, ça me va très bien. '.repeat(4) + 'À bientôt 😀';
let next = 4095;
const server = smpp.createServer({}, (session) => {
  session.on('error', () => {});
  session.on('bind_transceiver', (pdu) => {
    const known = pdu.system_id === 'care' && pdu.password === 'secret';
    session.send(pdu.response({ system_id: 'smsc', command_status: known ? 0 : smpp.ESME_RBINDFAIL }));
  });
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => { session.send(pdu.response()); session.close(); });
  session.on('submit_sm', (pdu) => {
    const id = (next++).toString(16).toUpperCase();
    session.send(pdu.response({ message_id: id }));
    const text = pdu.short_message.message;
    const [header] = [].concat(pdu.short_message.udh || []);
    process.stdout.write(JSON.stringify({ id, to: pdu.destination_addr, text, coding: pdu.data_coding }) + '\n');
    const back = { source_addr_ton: 1, source_addr_npi: 1, source_addr: pdu.destination_addr, destination_addr: pdu.source_addr };
    session.deliver_sm({
      ...back, esm_class: 4, short_message: `id:${id} sub:001 dlvrd:001 stat:DELIVRD err:000 text:${text.slice(0, 20)}`,
      receipted_message_id: id, message_state: 2,
    });
    if (header && header[header.length - 1] === header[header.length - 2]) {
      for (const [place, part] of [[1, ANSWER.slice(0, 67)], [2, ANSWER.slice(67)], [1, ANSWER.slice(0, 67)], [2, ANSWER.slice(67)]]) {
        const udh = Buffer.from([5, 0, 3, 42, 2, place]);
        session.deliver_sm({ ...back, esm_class: 0x40, data_coding: 8, short_message: { udh, message: part } });
      }
    }
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
