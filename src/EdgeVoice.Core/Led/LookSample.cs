namespace EdgeVoice.Core.Led;

/// <summary>One look to be shown for its own sake: on real lights, or in a picture.</summary>
/// <param name="Name">Its name, which is also a file's.</param>
/// <param name="Words">What a person sees, in a few words.</param>
/// <param name="LoopMs">After so many milliseconds it may begin anew.</param>
/// <param name="Scene">The scene so many nanoseconds after a beginning, both monotonic: (beginning, now).</param>
public sealed record LookSample(string Name, string Words, int LoopMs, Func<long, long, LedScene> Scene);
