/**
 * Runs in the head before anything is painted, so that neither theme nor language flashes, and that no room is
 * kept for what only those read who have not signed in. The build tells the server its hash.
 */
export const BEFORE_PAINT = `(function(d){
var s={};try{s=localStorage}catch(e){}
var t=s["hoist.theme"];
if(t!=="dark"&&t!=="light")t=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";
d.dataset.theme=t;
var l=s["hoist.language"]||((navigator.languages||[]).map(function(x){return x.slice(0,2).toLowerCase()}).filter(function(x){return x==="en"||x==="fr"})[0]);
if(l&&l!=="en")d.dataset.waiting="";
if(s["hoist.role"])d.dataset.known="";
})(document.documentElement)`;
