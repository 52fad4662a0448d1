import { Problem } from '../net/problem.js';
import { Meter } from './meter.js';

const WHY = {
  NotAllowedError: 'The microphone may not be used here. Allow it in the browser’s address bar and try again.',
  NotFoundError: 'There is no microphone. Plug one in and try again.',
  NotReadableError: 'The microphone is in use by another program.',
  OverconstrainedError: 'That microphone is gone. Choose another one.',
};

/** Opens a microphone: `{stream, meter, onEnded, close}`. For music nothing is taken away from the sound, for speech noise and echo are. */
export async function openMicrophone({ device, isMusic }) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        ...(device ? { deviceId: { exact: device } } : {}),
        echoCancellation: !isMusic,
        noiseSuppression: !isMusic,
        autoGainControl: !isMusic,
        channelCount: isMusic ? 2 : 1,
      },
    });
  } catch (failure) {
    throw new Problem({ detail: WHY[failure.name] ?? 'The microphone cannot be opened.' });
  }
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const [track] = stream.getAudioTracks();
  return {
    stream,
    meter: new Meter(analyser),
    onEnded: (handler) => track.addEventListener('ended', handler),
    close() {
      for (const each of stream.getTracks()) each.stop();
      context.close();
    },
  };
}

/** Names are known only once the microphone was allowed. */
export async function microphones() {
  const all = await navigator.mediaDevices?.enumerateDevices() ?? [];
  return all.filter((device) => device.kind === 'audioinput' && device.deviceId && device.label);
}
