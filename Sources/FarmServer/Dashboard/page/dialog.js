// Dialogs: they hold the focus while they are open, and Esc closes them.
import { h, render } from './dom.js'

/** Shows a dialog until it is closed. */
export function show(title, content, closed) {
    const dialog = document.createElement('dialog')
    dialog.setAttribute('aria-label', title)
    render(dialog,
        h('header', {}, h('h2', {}, title),
            h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕')),
        content)
    dialog.addEventListener('close', () => {
        dialog.remove()
        closed?.()
    })
    dialog.addEventListener('click', event => event.target === dialog && dialog.close())
    document.getElementById('dialogs').append(dialog)
    dialog.showModal()
    dialog.querySelector('[autofocus]')?.focus()
    return dialog
}

/** Asks before something is done. */
export function confirm(title, text, verb) {
    return new Promise(answer => {
        let isAgreed = false
        const agree = event => {
            event.preventDefault()
            isAgreed = true
            dialog.close()
        }
        const dialog = show(
            title,
            h('form', { onsubmit: agree }, h('p', {}, text),
                h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: () => dialog.close() }, 'Leave it'),
                    h('button', { class: 'danger', autofocus: true }, verb))),
            () => answer(isAgreed))
    })
}

/** Says something for a few seconds, also to those who listen. */
export function say(text, kind = '') {
    const note = document.createElement('p')
    note.className = `toast ${kind}`
    render(note, text)
    document.getElementById('dialogs').append(note)
    announce(text)
    setTimeout(() => note.remove(), kind === 'bad' ? 8000 : 4000)
}

/** Tells screen readers. */
export const announce = text => render(document.getElementById('live'), text)
