// Who looks: the key form, and which buttons their role has.
import { get, key, onKeyWanted, setKey } from './api.js'
import { show } from './dialog.js'
import { h } from './dom.js'

const roles = ['read', 'submit', 'operate', 'admin']
let session = {}

/** True if the key may do what a role may. */
export const may = role => roles.indexOf(session.role) >= roles.indexOf(role)

export const whoami = () => session

/** Learns who looks. */
export async function identify() {
    session = await get('/session').catch(() => ({}))
}

/** Asks for a key whenever the server wants one. @param changed Called with a new key in place. */
export function guard(changed) {
    const ask = () => askForKey(changed)
    onKeyWanted(ask)
    return ask
}

let isAsking = false

function askForKey(changed) {
    if (isAsking) return
    isAsking = true
    let text = ''
    const submit = async event => {
        event.preventDefault()
        setKey(text.trim())
        dialog.close()
        await identify()
        changed()
    }
    const forget = () => {
        setKey('')
        dialog.close()
        session = {}
        changed()
    }
    const dialog = show(
        'Key',
        h('form', { onsubmit: submit },
            h('p', {}, key() ? 'The key of this tab is not accepted, or you want another one.'
                : 'The farm shows itself to those who have a key.'),
            h('label', {}, 'Key', h('input',
                { type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, autofocus: true,
                oninput: event => (text = event.target.value) })),
            h('p', { class: 'hint' }, 'An administrator makes one with ', h('code', {}, 'bf-serve token create'),
                '. It is kept until this tab is closed.'),
            h('div', { class: 'buttons' }, key() && h('button', { type: 'button', onclick: forget }, 'Forget the key'),
                h('button', { class: 'primary' }, 'Continue'))),
        () => (isAsking = false))
}
