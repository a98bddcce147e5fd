using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime;

/// <summary>How an attempt to connect, or a connection, ended.</summary>
/// <param name="Cause">Why, in one line.</param>
/// <param name="IsFatal">Trying again will not mend it.</param>
/// <param name="Trouble">What a person can do about it.</param>
/// <param name="RetryAfter">How long the server wishes to be left alone; null: it did not say.</param>
/// <param name="MayPass">Fatal by its looks, but a gateway in between may have said so: worth a rare attempt.</param>
internal readonly record struct LinkFailure(string Cause, bool IsFatal, Trouble Trouble = Trouble.None, TimeSpan? RetryAfter = null, bool MayPass = false);
