using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime;

/// <summary>How an attempt to connect, or a connection, ended.</summary>
/// <param name="Cause">Why, in one line.</param>
/// <param name="IsFatal">Trying again will not mend it.</param>
/// <param name="Trouble">What a person can do about it.</param>
internal readonly record struct LinkFailure(string Cause, bool IsFatal, Trouble Trouble = Trouble.None);
